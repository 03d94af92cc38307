// What an editor does to the JSON, without an editor: each test changes what Fabric would have exported.

#include <doctest/doctest.h>

#include <cmath>

#include "common/design/fabric/fabric.hpp"
#include "common/design/schema/check.hpp"

using namespace atelier;
using namespace atelier::design;
using json::Array;
using json::Object;
using json::Value;

namespace {

FabricPictures pictures() {
    return [](const Picture& picture) -> std::optional<FabricPicture> {
        if (!picture.asset_id) return std::nullopt;
        return FabricPicture{"/files/" + *picture.asset_id, 1200, 800};
    };
}

Layer text_layer(std::vector<Run> runs) {
    Layer out;
    out.id = "text";
    out.role = Role::headline;
    out.box = {100, 100, 600, 200};
    TextContent text;
    text.runs = std::move(runs);
    text.style.font_family = "Lato";
    text.style.font_size = 40;
    text.style.fill = SolidPaint{{10, 20, 30}};
    out.content = text;
    return out;
}
Layer image_layer() {
    Layer out;
    out.id = "image";
    out.role = Role::hero;
    out.box = {100, 100, 400, 400};
    ImageContent image;
    image.picture.asset_id = "bowl";
    image.corner_radii = {20, 20, 20, 20};
    out.content = image;
    return out;
}
Layer shape_layer(Outline outline = {}) {
    Layer out;
    out.id = "shape";
    out.box = {100, 100, 300, 200};
    out.content = ShapeContent{std::move(outline), SolidPaint{{200, 100, 50}}, {}};
    return out;
}

/// A canvas in Fabric with one layer, to be changed and read again.
struct Desk {
    Value canvas;

    explicit Desk(std::vector<Layer> layers) {
        Design design;
        design.meta = {"Desk", "", "", "en", {}};
        design.brand.heading_font = design.brand.body_font = "Lato";
        design.layers = std::move(layers);
        REQUIRE(check_design(to_json(design)).empty());
        canvas = to_fabric(design, pictures());
    }
    Value& object(std::size_t index = 0) { return canvas.make_object().find("objects")->make_array()[index]; }
    Design read() const {
        const auto out = from_fabric(canvas);
        REQUIRE(out.has_value());
        CHECK(check_design(to_json(*out)).empty());
        return *out;
    }
    Layer only() const {
        const Design design = read();
        REQUIRE(design.layers.size() == 1);
        return design.layers[0];
    }
};

const TextContent& text_of(const Layer& layer) {
    return std::get<TextContent>(layer.content);
}
const ShapeContent& shape_of(const Layer& layer) {
    return std::get<ShapeContent>(layer.content);
}
const ImageContent& image_of(const Layer& layer) {
    return std::get<ImageContent>(layer.content);
}
doctest::Approx close_to(double value) {
    return doctest::Approx(value).epsilon(1e-5);
}

}  // namespace

TEST_CASE(
    "an edit of a text keeps what Fabric lacks: spacing by run, gradients, the letters behind capitals") {
    Run first{"Summer ", {}, {}, {}, {}, {}, {}, 0.2, {}};
    Run second{"sale", {}, 60, {}, {}, {}, {}, {}, LinearPaint{0, {{0, {255, 0, 0}}, {1, {0, 0, 255}}}}};
    Layer layer = text_layer({first, second});
    std::get<TextContent>(layer.content).letters = Letters::uppercase;
    Desk desk({layer});
    REQUIRE(desk.object()["text"].as_string() == "SUMMER SALE");

    desk.object().set("text", "SUMMER XL SALE");
    // As Fabric exports it: the styles have moved with their letters.
    Value styles = desk.object()["styles"];
    REQUIRE(styles.size() == 1);
    styles.make_array()[0].set("start", 10).set("end", 14);
    desk.object().set("styles", styles);
    const Layer edited = desk.only();
    const TextContent& after = text_of(edited);
    CHECK(after.letters == Letters::uppercase);
    REQUIRE(after.runs.size() == 2);
    CHECK(after.runs[0].text == "Summer XL ");
    CHECK(after.runs[0].letter_spacing == 0.2);
    CHECK(after.runs[1].text == "sale");
    CHECK(after.runs[1].fill == second.fill);
    CHECK(after.runs[1].font_size == 60);

    desk.object().set("text", "Summer");
    desk.object().set("styles", Array{});
    const Layer typed = desk.only();
    CHECK(text_of(typed).letters == Letters::as_written);
    CHECK(text_of(typed).runs[0].text == "Summer");
}

TEST_CASE("styles of letters become runs, and letters that look alike again one run") {
    Desk desk({text_layer({{"One two three", {}, {}, {}, {}, {}, {}, {}, {}}})});
    desk.object().set(
        "styles",
        Array{Object{
            {"start", 4}, {"end", 7}, {"style", Object{{"fontStyle", "italic"}, {"underline", true}}}}});
    const Layer styled = desk.only();
    REQUIRE(text_of(styled).runs.size() == 3);
    CHECK(text_of(styled).runs[1].text == "two");
    CHECK(text_of(styled).runs[1].italic == true);
    CHECK(text_of(styled).runs[1].underline == true);
    CHECK(!text_of(styled).runs[0].italic);
    // Fabric 4 kept them by line and letter.
    desk.object().set("styles", Object{{"0", Object{{"0", Object{{"fontWeight", "bold"}}}}}});
    const Layer old = desk.only();
    REQUIRE(text_of(old).runs.size() == 2);
    CHECK(text_of(old).runs[0].text == "O");
    CHECK(text_of(old).runs[0].font_weight == 700);
}

TEST_CASE("what is said for the whole text changes the style, not the runs") {
    Desk desk(
        {text_layer({{"One ", {}, {}, {}, {}, {}, {}, {}, {}}, {"two", {}, 60, {}, {}, {}, {}, {}, {}}})});
    desk.object().set("fontFamily", "Inter, sans-serif").set("fontSize", 50).set("fontWeight", "bold");
    desk.object()
        .set("textAlign", "center")
        .set("lineHeight", 1)
        .set("charSpacing", 100)
        .set("fill", "rgb(1,2,3)");
    const Layer layer = desk.only();
    const TextContent& after = text_of(layer);
    CHECK(after.style.font_family == "Inter");
    CHECK(after.style.font_size == 50);
    CHECK(after.style.font_weight == 700);
    CHECK(after.style.letter_spacing == 0.1);
    CHECK(after.style.fill == Paint(SolidPaint{{1, 2, 3}}));
    CHECK(after.align == Align::center);
    CHECK(after.line_height == close_to(1.13));
    REQUIRE(after.runs.size() == 2);
    CHECK(after.runs[1].font_size == 60);
    CHECK(!after.runs[0].font_size);
}

TEST_CASE("a text that shrinks to fit keeps its written size when only its words change") {
    Layer layer =
        text_layer({{"A text that is far too long for its little box", {}, {}, {}, {}, {}, {}, {}, {}}});
    layer.box.height = 60;
    std::get<TextContent>(layer.content).fit = TextFit::shrink;
    Desk desk({layer});
    REQUIRE(desk.object()["fontSize"].as_double() < 40);
    desk.object().set("text", "A text");
    CHECK(text_of(desk.only()).style.font_size == 40);
    desk.object().set("fontSize", desk.object()["fontSize"].as_double() * 1.5);
    CHECK(text_of(desk.only()).style.font_size == close_to(60));
}

TEST_CASE("a text that is scaled has larger letters in a larger box") {
    Desk desk(
        {text_layer({{"One ", {}, {}, {}, {}, {}, {}, {}, {}}, {"two", {}, 60, {}, {}, {}, {}, {}, {}}})});
    desk.object().set("scaleX", 1.5).set("scaleY", 1.5);
    const Layer layer = desk.only();
    CHECK(text_of(layer).style.font_size == 60);
    CHECK(text_of(layer).runs[1].font_size == 90);
    CHECK(layer.box.x == 100);
    CHECK(layer.box.width == 900);
    CHECK(layer.box.height == 300);
}

TEST_CASE("an emptied text is no layer any more") {
    Desk desk({text_layer({{"One", {}, {}, {}, {}, {}, {}, {}, {}}})});
    desk.object().set("text", "");
    const Design design = desk.read();
    CHECK(design.layers.empty());
    CHECK(design.isolated.size() == 1);
}

TEST_CASE("a turned object moves and grows about its own axes") {
    Layer layer = shape_layer();
    layer.rotation = 90;
    Desk desk({layer});
    desk.object().set("left", 300).set("top", 260).set("scaleX", 2);
    const Layer after = desk.only();
    CHECK(after.rotation == 90);
    CHECK(after.box.width == 600);
    CHECK(after.box.height == 200);
    CHECK(after.box.middle().x == close_to(300));
    CHECK(after.box.middle().y == close_to(260));
}

TEST_CASE("a polygon that does not fill its box keeps its place in it") {
    Layer layer = shape_layer({ShapeKind::polygon, {}, {{0, 0}, {0.5, 0}, {0, 0.5}}});
    Desk desk({layer});
    CHECK(desk.object()["left"].as_double() == 175);
    desk.object().set("left", 185);
    const Layer moved = desk.only();
    CHECK(moved.box == Box{110, 100, 300, 200});
    CHECK(moved.content == layer.content);
    // A corner is dragged: the outline's own box becomes the layer's.
    desk.object().set("points", Array{Object{{"x", 0}, {"y", 0}}, Object{{"x", 200}, {"y", 0}},
                                      Object{{"x", 0}, {"y", 100}}});
    desk.object().set("width", 200).set("left", 200);
    const Layer dragged = desk.only();
    CHECK(dragged.box == Box{100, 100, 200, 100});
    CHECK(shape_of(dragged).outline.points == std::vector<Point>{{0, 0}, {1, 0}, {0, 1}});
}

TEST_CASE("gradients come back as they were meant, wherever their line begins") {
    Desk desk({shape_layer()});
    const auto gradient = [](double x1, double y1, double x2, double y2) {
        return Object{{"type", "linear"},
                      {"gradientUnits", "pixels"},
                      {"coords", Object{{"x1", x1}, {"y1", y1}, {"x2", x2}, {"y2", y2}}},
                      {"colorStops", Array{Object{{"offset", 0}, {"color", "#000"}},
                                           Object{{"offset", 1}, {"color", "#fff"}}}}};
    };
    desk.object().set("fill", gradient(0, 100, 300, 100));
    const Layer whole = desk.only();
    CHECK(shape_of(whole).fill == Paint(LinearPaint{0, {{0, {0, 0, 0}}, {1, {255, 255, 255}}}}));
    desk.object().set("fill", gradient(150, 0, 150, -100));
    const Layer outside = desk.only();
    const auto& up = std::get<LinearPaint>(shape_of(outside).fill);
    CHECK(up.angle == 270);
    // The box begins where the line has not begun yet and ends where it begins.
    CHECK(up.stops.front().color == Color{0, 0, 0});
    CHECK(up.stops.back().color == Color{0, 0, 0});
    Value radial = gradient(150, 100, 150, 100);
    radial.set("type", "radial");
    Value coords = radial["coords"];
    coords.set("r1", 75).set("r2", 150);
    radial.set("coords", coords);
    desk.object().set("fill", radial);
    const Layer round = desk.only();
    const auto& disc = std::get<RadialPaint>(shape_of(round).fill);
    CHECK(disc.center == Point{0.5, 0.5});
    CHECK(disc.radius == 0.5);
    CHECK(disc.stops.front().offset == 0.5);
}

TEST_CASE("a picture that is cut anew has another focus; a detail of it becomes a mask") {
    const Layer layer = image_layer();
    Desk desk({layer});
    REQUIRE(desk.object()["cropX"].as_double() == 200);
    desk.object().set("cropX", 400);
    const Layer shifted = desk.only();
    CHECK(shifted.box == layer.box);
    CHECK(image_of(shifted).picture.fit == Fit::cover);
    CHECK(image_of(shifted).picture.focus.x == close_to(800.0 / 1200).epsilon(0.001));
    CHECK(image_of(shifted).corner_radii == CornerRadii{20, 20, 20, 20});
    // A quarter of that, twice as large.
    desk.object().set("cropX", 600).set("cropY", 200).set("width", 400).set("height", 400);
    desk.object().set("scaleX", 1).set("scaleY", 1);
    const Layer detail = desk.only();
    CHECK(detail.box == Box{-500, -100, 1200, 800});
    REQUIRE(detail.mask);
    CHECK(detail.mask->box == Box{600, 200, 400, 400});
}

TEST_CASE("a picture by another URL replaces the asset, one in the document does not come in") {
    Desk desk({image_layer()});
    desk.object().set("src", "https://editor.example/files/bowl");
    const Layer completed = desk.only();
    CHECK(image_of(completed).picture.asset_id == "bowl");
    desk.object().set("src", "https://editor.example/files/bowl?signature=new");
    CHECK(image_of(desk.only()).picture.asset_id == "bowl");
    desk.object().set("src", "https://example.com/other.jpg");
    const Layer other = desk.only();
    CHECK(!image_of(other).picture.asset_id);
    CHECK(image_of(other).picture.url == "https://example.com/other.jpg");
    desk.object().set("src", "data:image/png;base64,AAAA");
    const Design inlined = desk.read();
    CHECK(image_of(inlined.layers[0]).picture.asset_id == "bowl");
    CHECK(inlined.isolated.size() == 1);
}

TEST_CASE("a picture that an editor takes from the assets is one, whatever URL it was loaded from") {
    Desk desk({});
    desk.canvas.set("objects", Array{Object{{"type", "Image"},
                                            {"src", "blob:1"},
                                            {"left", 50},
                                            {"top", 50},
                                            {"width", 100},
                                            {"height", 100},
                                            {"atelier", Object{{"asset_id", "cup"}}}}});
    const Layer added = desk.only();
    CHECK(image_of(added).picture.asset_id == "cup");
    CHECK(added.box == Box{0, 0, 100, 100});
}

TEST_CASE("clip paths become masks, and a clip path that is gone takes mask and corners with it") {
    Layer masked = shape_layer();
    masked.mask = Mask{{10, 20, 100, 50}, {ShapeKind::ellipse, {}, {}}};
    Desk desk({masked});
    desk.object().make_object().erase("clipPath");
    CHECK(!desk.only().mask);
    desk.object().set("clipPath", Object{{"type", "Circle"},
                                         {"originX", "center"},
                                         {"originY", "center"},
                                         {"left", 0},
                                         {"top", 0},
                                         {"radius", 50},
                                         {"width", 100},
                                         {"height", 100},
                                         {"strokeWidth", 0}});
    const Layer round = desk.only();
    REQUIRE(round.mask);
    CHECK(round.mask->box == Box{100, 50, 100, 100});
    CHECK(round.mask->outline.kind == ShapeKind::ellipse);

    Desk picture({image_layer()});
    picture.object().make_object().erase("clipPath");
    const Layer square = picture.only();
    CHECK(image_of(square).corner_radii == CornerRadii{});
}

TEST_CASE("a group's layers follow it; those taken out of it keep their place on the canvas") {
    Layer group;
    group.id = "group";
    group.box = {100, 100, 400, 300};
    Layer child = shape_layer();
    child.box = {50, 50, 100, 100};
    group.content = GroupContent{{child}};
    Desk desk({group});
    desk.object().set("left", 400).set("angle", 90);
    const Layer moved = desk.only();
    CHECK(moved.box == Box{200, 100, 400, 300});
    CHECK(moved.rotation == 90);
    CHECK(std::get<GroupContent>(moved.content).layers[0].box == child.box);

    // Ungrouped: what was in it is an object of the canvas, where Fabric left it.
    Value free = desk.object()["objects"].at(0);
    free.set("left", 200).set("top", 200);
    Value objects = Array{free};
    desk.canvas.set("objects", objects);
    const Layer alone = desk.only();
    CHECK(alone.id == "shape");
    CHECK(alone.box == Box{150, 150, 100, 100});
}

TEST_CASE("a copy gets an id of its own, an object whose passport is torn is read for itself") {
    Desk desk({shape_layer()});
    Value copy = desk.object();
    copy.set("left", 700);
    Value torn = desk.object();
    torn.set("atelier", Object{{"layer", Object{{"id", "x"}, {"type", "shape"}}}});
    desk.canvas.set("objects", Array{desk.object(), copy, torn});
    const Design design = desk.read();
    REQUIRE(design.layers.size() == 3);
    CHECK(design.layers[0].id == "shape");
    CHECK(design.layers[1].id != "shape");
    CHECK(design.layers[1].box == Box{550, 100, 300, 200});
    CHECK(design.layers[2].box == Box{100, 100, 300, 200});
    CHECK(shape_of(design.layers[2]).fill == shape_of(design.layers[0]).fill);
}

TEST_CASE("flags, shadows and blending come from the object; locks only where they are exported") {
    Layer layer = shape_layer();
    layer.locked = true;
    Desk desk({layer});
    for (const char* lock :
         {"lockMovementX", "lockMovementY", "lockRotation", "lockScalingX", "lockScalingY"})
        desk.object().make_object().erase(lock);
    CHECK(desk.only().locked);
    desk.object()
        .set("lockMovementX", false)
        .set("visible", false)
        .set("globalCompositeOperation", "multiply");
    desk.object().set("shadow",
                      Object{{"color", "rgba(0,0,0,0.5)"}, {"offsetX", 3}, {"offsetY", 4}, {"blur", 5}});
    const Layer after = desk.only();
    CHECK(!after.locked);
    CHECK(!after.visible);
    CHECK(after.blend == Blend::multiply);
    CHECK(after.shadow == std::optional<Shadow>({{0, 0, 0, 128}, 3, 4, 5}));
}

TEST_CASE("what a design cannot say is kept aside with its reason, the rest becomes a layer") {
    Desk desk({shape_layer()});
    desk.object()
        .set("fill", Object{{"type", "pattern"}, {"source", "https://example.com/p.png"}})
        .set("skewX", 20);
    const Design design = desk.read();
    CHECK(design.layers.size() == 1);
    REQUIRE(design.isolated.size() == 1);
    CHECK(design.isolated[0].reason.find("pattern") != std::string::npos);
    CHECK(design.isolated[0].reason.find("skew") != std::string::npos);
}

TEST_CASE("the canvas's background and size come from Fabric where it says them") {
    Desk desk({});
    desk.canvas.set("background", "#102030").set("width", 640).set("height", 480);
    desk.canvas.set(
        "backgroundImage",
        Object{{"type", "Image"}, {"src", "https://example.com/b.jpg"}, {"width", 10}, {"height", 10}});
    const Design design = desk.read();
    CHECK(design.canvas.width == 640);
    CHECK(design.canvas.height == 480);
    CHECK(design.canvas.background.fill == Paint(SolidPaint{{0x10, 0x20, 0x30}}));
    REQUIRE(design.canvas.background.image);
    CHECK(design.canvas.background.image->url == "https://example.com/b.jpg");
}

TEST_CASE("a canvas of Fabric 5 that never was a design becomes one") {
    const Value canvas = *json::parse(R"({"version":"5.3.0","objects":[
        {"type":"rect","version":"5.3.0","left":10,"top":20,"width":100,"height":50,"fill":"red","strokeWidth":0},
        {"type":"i-text","version":"5.3.0","left":10,"top":100,"width":90,"height":45.2,"text":"Hi","fontSize":40},
        {"type":"textbox","version":"5.3.0","originX":"center","left":200,"top":100,"width":90,"height":45.2,"text":"Hi"},
        {"type":"polyline","points":[{"x":0,"y":0},{"x":9,"y":0},{"x":9,"y":9}],"width":9,"height":9,"fill":"blue","stroke":null},
        {"type":"hologram"}],"background":""})");
    const auto design = from_fabric(canvas);
    REQUIRE(design.has_value());
    CHECK(check_design(to_json(*design)).empty());
    REQUIRE(design->layers.size() == 3);
    CHECK(design->layers[0].box == Box{10, 20, 100, 50});
    CHECK(text_of(design->layers[1]).runs[0].text == "Hi");
    CHECK(design->layers[2].box.middle().x == close_to(200).epsilon(0.01));
    CHECK(design->isolated.size() == 2);
}

TEST_CASE("numbers beyond all measure leave no number that is none") {
    Desk desk({shape_layer(), image_layer(), text_layer({{"One", {}, {}, {}, {}, {}, {}, {}, {}}})});
    for (std::size_t i = 0; i < 3; ++i)
        for (const char* key : {"left", "top", "width", "height", "scaleX", "scaleY", "angle", "cropX",
                                "fontSize", "lineHeight"})
            desk.object(i).set(key, 1e308);
    for (const Layer& layer : desk.read().layers)
        for (const double number :
             {layer.box.x, layer.box.y, layer.box.width, layer.box.height, layer.rotation})
            CHECK(std::isfinite(number));
}
