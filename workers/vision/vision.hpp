#pragma once
// The door to the pretrained models: loads one process' share of them and answers in elements.
//
// Models are constructed once per process and shared by its threads: every method is const and thread-safe
// (each network has one mutex; the work around it runs in parallel). Loading sets OpenCV to one thread: scale
// by slots and processes. Exceptions of OpenCV become Results here and travel no further.

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "common/elements/element.hpp"
#include "workers/imaging/pixels.hpp"
#include "workers/vision/nsfw_classifier.hpp"
#include "workers/vision/palette.hpp"
#include "workers/vision/subject_detector.hpp"

namespace atelier::vision {

/// Which networks a process needs; the others are not loaded.
enum class ModelSet {
    analysis,    ///< faces, text, subject and person
    moderation,  ///< the NSFW classifier
    all,         ///< both, for the standalone program
};

struct Analysis {
    std::vector<elements::Element> elements;  ///< boxes in pixels of the picture that was given
    std::vector<Swatch> palette;              ///< most common colour first
    double sharpness = 0;                     ///< 0…1, see sharpness.hpp
};

class Models {
  public:
    /// Error: internal, naming the file that is missing or cannot be read.
    static Result<std::unique_ptr<Models>> load(const std::filesystem::path& folder, ModelSet which);
    ~Models();

    // For ModelSet::analysis and all; Error: internal when the set was not loaded.
    Result<std::vector<elements::Element>> find_faces(const imaging::Pixels& picture) const;
    /// Largest line first. The eight largest are read: `text` is filled where that worked, and a line that
    /// resists has half the detector's confidence, because textures look like text.
    Result<std::vector<elements::Element>> find_text(const imaging::Pixels& picture) const;
    /// Kind person when it holds a face of `faces`, otherwise product; nothing when no subject stands out.
    Result<std::optional<elements::Element>> find_subject(const imaging::Pixels& picture,
                                                          const std::vector<elements::Element>& faces) const;
    /// The people in the foreground as one box; nothing without a face of `faces` in it, because the network
    /// takes animals and cups for people.
    Result<std::optional<elements::Element>> find_person(const imaging::Pixels& picture,
                                                         const std::vector<elements::Element>& faces) const;
    /// All of the above with palette and sharpness.
    Result<Analysis> analyze(const imaging::Pixels& picture) const;

    // For ModelSet::moderation and all.
    Result<NsfwScores> classify_nsfw(const imaging::Pixels& picture) const;

  private:
    struct Loaded;
    explicit Models(std::unique_ptr<Loaded> loaded);
    std::unique_ptr<Loaded> loaded_;
};

}  // namespace atelier::vision
