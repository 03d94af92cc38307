#include "workers/vision/vision.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "workers/vision/face_detector.hpp"
#include "workers/vision/person_segmenter.hpp"
#include "workers/vision/sharpness.hpp"
#include "workers/vision/text_detector.hpp"
#include "workers/vision/text_reader.hpp"

namespace atelier::vision {
namespace {

constexpr std::size_t kLinesToRead = 8;  // reading costs about as much as everything else together
constexpr double kReadable = 0.6;        // below, what was read is worse than no text
using elements::Element;

/// A single sign is as often a ring or an edge.
bool is_believable(const Reading& reading) {
    const auto starts_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    return reading.confidence >= kReadable &&
           std::count_if(reading.text.begin(), reading.text.end(), starts_character) > 1;
}

bool holds_face(const elements::Box& box, const std::vector<Element>& faces) {
    return std::any_of(faces.begin(), faces.end(), [&](const Element& face) {
        return elements::intersection(box, face.box).area() > 0.5 * face.box.area();
    });
}

std::optional<Element> believable_person(std::optional<Element> person, const std::vector<Element>& faces) {
    return person && holds_face(person->box, faces) ? person : std::nullopt;
}

void name_subject(std::optional<Element>& subject, const std::vector<Element>& faces) {
    if (subject && holds_face(subject->box, faces)) subject->kind = elements::Kind::person;
}

Error not_loaded(std::string_view what) {
    return internal("the " + std::string(what) + " models were not loaded");
}

template <class Detector>
Result<void> load_into(std::unique_ptr<Detector>& place, const std::filesystem::path& folder) {
    auto loaded = Detector::load(folder);
    if (!loaded) return loaded.error();
    place = std::move(*loaded);
    return {};
}

}  // namespace

struct Models::Loaded {
    std::unique_ptr<FaceDetector> faces;
    std::unique_ptr<TextDetector> text;
    std::unique_ptr<TextReader> reader;
    std::unique_ptr<PersonSegmenter> people;
    std::unique_ptr<NsfwClassifier> nsfw;

    Result<void> load_analysis(const std::filesystem::path& folder) {
        if (auto r = load_into(faces, folder); !r) return r;
        if (auto r = load_into(text, folder); !r) return r;
        if (auto r = load_into(reader, folder); !r) return r;
        return load_into(people, folder);
    }
};

Models::Models(std::unique_ptr<Loaded> loaded) : loaded_(std::move(loaded)) {}
Models::~Models() = default;

Result<std::unique_ptr<Models>> Models::load(const std::filesystem::path& folder, ModelSet which) {
    auto loaded = std::make_unique<Loaded>();
    if (which != ModelSet::moderation) {
        if (auto r = loaded->load_analysis(folder); !r) return r.error();
    }
    if (which != ModelSet::analysis) {
        if (auto r = load_into(loaded->nsfw, folder); !r) return r.error();
    }
    return std::unique_ptr<Models>(new Models(std::move(loaded)));
}

Result<std::vector<Element>> Models::find_faces(const imaging::Pixels& picture) const {
    if (!loaded_->faces) return not_loaded("analysis");
    return loaded_->faces->find(picture);
}

Result<std::vector<Element>> Models::find_text(const imaging::Pixels& picture) const {
    if (!loaded_->text) return not_loaded("analysis");
    auto lines = loaded_->text->find(picture);
    if (!lines) return lines.error();
    std::vector<Element> found;
    for (const TextLine& line : *lines) {
        Element element{elements::Kind::text, bounding_box(line, picture.width, picture.height),
                        line.confidence, ""};
        if (found.size() < kLinesToRead) {
            auto reading = loaded_->reader->read(picture, line);
            if (!reading) return reading.error();
            if (is_believable(*reading)) {
                element.text = reading->text;
            } else {
                element.confidence /= 2;
            }
        }
        found.push_back(std::move(element));
    }
    return found;
}

Result<std::optional<Element>> Models::find_subject(const imaging::Pixels& picture,
                                                    const std::vector<Element>& faces) const {
    if (!loaded_->people) return not_loaded("analysis");
    auto mask = loaded_->people->segment(picture);
    if (!mask) return mask.error();
    auto subject = vision::find_subject(picture, *mask);
    if (subject) name_subject(*subject, faces);
    return subject;
}

Result<std::optional<Element>> Models::find_person(const imaging::Pixels& picture,
                                                   const std::vector<Element>& faces) const {
    if (!loaded_->people) return not_loaded("analysis");
    auto mask = loaded_->people->segment(picture);
    if (!mask) return mask.error();
    auto person = person_box(*mask, picture.width, picture.height);
    if (!person) return person;
    return believable_person(std::move(*person), faces);
}

Result<Analysis> Models::analyze(const imaging::Pixels& picture) const {
    auto faces = find_faces(picture);
    if (!faces) return faces.error();
    auto text = find_text(picture);
    if (!text) return text.error();
    auto people = loaded_->people->segment(picture);
    if (!people) return people.error();
    auto person = person_box(*people, picture.width, picture.height);
    if (!person) return person.error();
    auto subject = vision::find_subject(picture, *people);
    if (!subject) return subject.error();
    auto palette = find_palette(picture);
    if (!palette) return palette.error();
    auto sharpness = measure_sharpness(picture);
    if (!sharpness) return sharpness.error();

    name_subject(*subject, *faces);
    *person = believable_person(std::move(*person), *faces);
    Analysis analysis{std::move(*faces), std::move(*palette), *sharpness};
    std::move(text->begin(), text->end(), std::back_inserter(analysis.elements));
    if (*person) analysis.elements.push_back(**person);
    // A subject made of people is already there as the person.
    if (*subject && ((*subject)->kind != elements::Kind::person || !*person))
        analysis.elements.push_back(**subject);
    return analysis;
}

Result<NsfwScores> Models::classify_nsfw(const imaging::Pixels& picture) const {
    if (!loaded_->nsfw) return not_loaded("moderation");
    return loaded_->nsfw->classify(picture);
}

}  // namespace atelier::vision
