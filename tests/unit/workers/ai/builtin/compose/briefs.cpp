#include "tests/unit/workers/ai/builtin/compose/briefs.hpp"

namespace atelier::ai::builtin {
namespace {

design::Color color(const char* text) {
    return *design::parse_color(text);
}

Brief diwali() {
    Brief b;
    b.prompt = "Diwali mega sale on headphones, premium dark with gold";
    b.language = "en";
    b.title = "Diwali mega sale on headphones";
    b.intent = Intent::sale;
    b.purpose = "sale banner";
    b.subject = "headphones";
    b.occasion = "Diwali";
    b.audience = "music lovers";
    b.tone = {"premium", "festive"};
    b.mood = Mood::dark;
    b.colors = {color("#d4af37")};
    b.style_keywords = {"luxurious", "gold accents", "dark"};
    b.motifs = {"oil lamp", "fireworks"};
    b.image_prompt = "Premium headphones among oil lamps and golden lights";
    b.copies = {{"Diwali mega sale", "Sound that shines this Diwali",
                 "Headphones for the festival of lights.", "", "Shop the sale", "Mega sale", ""},
                {"Festival of lights", "Diwali Mega Sale", "Premium headphones, at festive prices.", "",
                 "Shop headphones", "", ""},
                {"", "Light up your sound", "The Diwali mega sale on headphones is here.", "",
                 "Find your pair", "Diwali sale", ""},
                {"Mega sale on headphones", "A brighter Diwali, beat by beat", "", "", "Shop now", "", ""}};
    return b;
}

Brief jazz() {
    Brief b;
    b.prompt = "Summer jazz night at Blue Note, 12 July 8 pm, Berlin";
    b.language = "en";
    b.title = "Summer jazz night at Blue Note";
    b.intent = Intent::event;
    b.purpose = "event poster";
    b.subject = "saxophone";
    b.season = "summer";
    b.brand = "Blue Note";
    b.tone = {"cool", "elegant"};
    b.style_keywords = {"jazz", "night"};
    b.motifs = {"moon", "palm leaves"};
    b.image_prompt = "A saxophone in the warm night of a jazz club";
    b.copies = {
        {"Live at Blue Note", "Summer Jazz Night", "An evening of live jazz in Berlin.", "", "Reserve a seat",
         "", "12 July, 8 pm · Blue Note, Berlin"},
        {"12 July", "Jazz under the summer sky", "", "", "Save the date", "", "8 pm · Blue Note, Berlin"},
        {"Summer jazz night", "Hear the night swing", "Blue Note, Berlin", "", "Get tickets", "12 July",
         "Doors 8 pm"},
        {"Blue Note Berlin", "One night of summer jazz", "", "", "Join us", "", "12 July · 8 pm"}};
    return b;
}

Brief barista() {
    Brief b;
    b.prompt = "We are hiring a senior barista, friendly, green";
    b.language = "en";
    b.title = "We are hiring a senior barista";
    b.intent = Intent::hiring;
    b.purpose = "job advert";
    b.subject = "coffee cup";
    b.tone = {"friendly"};
    b.colors = {color("#2e8b57")};
    b.motifs = {"coffee beans", "apron"};
    b.image_prompt = "A cup of coffee with latte art on a bar";
    b.copies = {
        {"We are hiring", "Senior Barista", "Bring your craft and your smile to our bar.", "", "Apply now",
         "", ""},
        {"Join our team", "We are looking for a senior barista", "", "", "Apply today", "We're hiring", ""},
        {"", "Make great coffee with us", "We are hiring a senior barista.", "", "Send your application", "",
         ""},
        {"Now hiring", "Your next cup of work", "Senior barista wanted", "", "Join the team", "", ""}};
    return b;
}

Brief yoga() {
    Brief b;
    b.prompt = "Grand opening of Nordic yoga studio, calm, pastel, Saturday 9 am, free class";
    b.language = "en";
    b.title = "Grand opening of Nordic yoga studio";
    b.intent = Intent::event;
    b.purpose = "opening announcement";
    b.subject = "yoga";
    b.brand = "Nordic";
    b.tone = {"calm", "gentle"};
    b.mood = Mood::light;
    b.style_keywords = {"pastel", "soft"};
    b.motifs = {"lotus flower", "leaves"};
    b.image_prompt = "A calm yoga studio in soft morning light";
    b.copies = {{"Grand opening", "Breathe in, begin", "Your first class is on us.", "", "Book a free class",
                 "Free class", "Saturday, 9 am · Nordic yoga studio"},
                {"Nordic yoga studio", "We open our doors", "Join us on Saturday for a free class.", "",
                 "Reserve your mat", "", "Saturday 9 am"},
                {"Saturday, 9 am", "A new calm place", "Grand opening of Nordic yoga studio.", "",
                 "Join the free class", "", ""},
                {"", "Grand Opening", "Nordic yoga studio", "", "Come along", "Free class", "Saturday 9 am"}};
    return b;
}

Brief photo_tips() {
    Brief b;
    b.prompt = "YouTube thumbnail: 5 mistakes every beginner photographer makes";
    b.language = "en";
    b.title = "5 mistakes every beginner photographer makes";
    b.intent = Intent::thumbnail;
    b.purpose = "video thumbnail";
    b.subject = "camera";
    b.audience = "beginner photographers";
    b.tone = {"bold", "clear"};
    b.motifs = {"lens", "warning sign"};
    b.image_prompt = "A camera in dramatic light";
    b.copies = {{"", "5 mistakes beginners make", "", "", "", "", ""},
                {"Photography", "5 beginner mistakes", "", "", "", "Avoid these", ""},
                {"", "Stop making these 5 mistakes", "", "", "", "", ""},
                {"For beginners", "5 photo mistakes", "", "", "", "Watch first", ""}};
    return b;
}

Brief sneakers() {
    Brief b;
    b.prompt = "Black Friday 50% off sneakers, bold, red and black";
    b.language = "en";
    b.title = "Black Friday 50% off sneakers";
    b.intent = Intent::sale;
    b.purpose = "sale banner";
    b.subject = "sneakers";
    b.occasion = "Black Friday";
    b.tone = {"bold", "energetic"};
    b.colors = {color("#e10600"), color("#000000")};
    b.motifs = {"lightning bolt"};
    b.image_prompt = "A sneaker in mid-air, dramatic light";
    b.copies = {
        {"Black Friday", "50% off sneakers", "Half price on every pair.", "", "Shop now", "50% off", ""},
        {"Sneakers", "Black Friday is here", "", "", "Grab your pair", "50% off", ""},
        {"", "Half the price. All the speed.", "Black Friday on sneakers", "", "Shop the deal", "-50%", ""},
        {"One day only for your feet", "Run for it: 50% off", "", "", "Shop sneakers", "", "Black Friday"}};
    return b;
}

Brief wedding() {
    Brief b;
    b.prompt = "Wedding invitation for Anna & Tom, 14 September, floral, blush";
    b.language = "en";
    b.title = "Wedding invitation for Anna & Tom";
    b.intent = Intent::invitation;
    b.purpose = "wedding invitation";
    b.occasion = "wedding";
    b.tone = {"romantic", "elegant"};
    b.mood = Mood::light;
    b.colors = {color("#f4c2c2")};
    b.style_keywords = {"floral", "blush"};
    b.motifs = {"roses", "leaves"};
    b.image_prompt = "Blush roses and soft leaves";
    b.copies = {
        {"Together with their families", "Anna & Tom", "invite you to celebrate their wedding", "", "", "",
         "14 September"},
        {"Save the date", "Anna & Tom are getting married", "", "", "RSVP", "", "14 September"},
        {"14 September", "Anna & Tom", "We would love to have you with us.", "", "Kindly reply", "", ""},
        {"You are invited", "The wedding of Anna & Tom", "", "", "RSVP", "", "14 September"}};
    return b;
}

Brief coffee() {
    Brief b;
    b.prompt = "Organic coffee subscription launch, earthy, minimal";
    b.language = "en";
    b.title = "Organic coffee subscription launch";
    b.intent = Intent::launch;
    b.purpose = "launch announcement";
    b.subject = "coffee beans";
    b.tone = {"earthy", "minimal"};
    b.style_keywords = {"organic", "natural"};
    b.motifs = {"coffee cup", "leaf"};
    b.image_prompt = "Organic coffee beans and a paper bag";
    b.copies = {
        {"New", "Organic coffee, on repeat", "A subscription that arrives fresh.", "",
         "Start your subscription", "", ""},
        {"Now launching", "Good beans at your door", "The organic coffee subscription.", "", "Subscribe", "",
         ""},
        {"", "From the earth to your cup", "Organic coffee by subscription.", "", "Join today", "New", ""},
        {"Organic coffee", "Never run out of good mornings", "", "", "Subscribe now", "", ""}};
    return b;
}

Brief lunar() {
    Brief b;
    b.prompt = "Happy Lunar New Year greeting from Tavola";
    b.language = "en";
    b.title = "Happy Lunar New Year from Tavola";
    b.intent = Intent::greeting;
    b.purpose = "greeting card";
    b.occasion = "Lunar New Year";
    b.brand = "Tavola";
    b.tone = {"festive", "warm"};
    b.motifs = {"lantern", "plum blossom"};
    b.image_prompt = "Red lanterns and plum blossoms";
    b.copies = {{"From all of us at Tavola", "Happy Lunar New Year", "May it bring you luck and joy.", "", "",
                 "", ""},
                {"", "Wishing you a bright new year", "Happy Lunar New Year", "", "", "", "Tavola"},
                {"Lunar New Year", "Good fortune to your table", "", "", "", "", "With love from Tavola"},
                {"Happy Lunar New Year", "A year full of light", "", "", "", "", ""}};
    return b;
}

Brief camp() {
    Brief b;
    b.prompt = "Kids coding summer camp, playful, ages 8-12, $199";
    b.language = "en";
    b.title = "Kids coding summer camp";
    b.intent = Intent::education;
    b.purpose = "course flyer";
    b.subject = "robot";
    b.season = "summer";
    b.audience = "kids";
    b.tone = {"playful", "cheerful"};
    b.motifs = {"laptop", "sun", "rocket"};
    b.image_prompt = "A friendly robot and a laptop in the sun";
    b.copies = {
        {"Ages 8-12", "Kids coding summer camp", "Build games, robots and friendships.", "", "Sign up",
         "$199", ""},
        {"Summer camp", "Code, play, repeat", "For kids from 8 to 12.", "", "Save a spot", "Only $199", ""},
        {"", "The summer they learn to code", "", "", "Enrol now", "$199", "Ages 8-12"},
        {"Coding for kids", "Hello, summer!", "A playful coding camp for ages 8-12.", "", "Join the camp",
         "$199", ""}};
    return b;
}

Brief brunch() {
    Brief b;
    b.prompt = "Mother's Day brunch menu, spring flowers";
    b.language = "en";
    b.title = "Mother's Day brunch menu";
    b.intent = Intent::menu;
    b.purpose = "menu";
    b.occasion = "Mother's Day";
    b.season = "spring";
    b.tone = {"warm", "gentle"};
    b.style_keywords = {"spring flowers", "floral"};
    b.motifs = {"tulips", "pancakes"};
    b.image_prompt = "Spring flowers beside a brunch table";
    b.copies = {
        {"Mother's Day", "Brunch for Mum", "A spring menu made with love.", "", "Book a table", "", ""},
        {"Brunch menu", "Treat her to spring", "", "", "Reserve", "", "Mother's Day"},
        {"", "Mother's Day Brunch", "With spring flowers on every table.", "", "See the menu", "", ""},
        {"For every mum", "Flowers, food and family", "", "", "Book now", "", "Mother's Day brunch"}};
    return b;
}

Brief quote() {
    Brief b;
    b.prompt = "\"Less, but better\" quote poster, minimalist, swiss";
    b.language = "en";
    b.title = "Less, but better";
    b.intent = Intent::quote;
    b.purpose = "quote poster";
    b.tone = {"minimalist"};
    b.style_keywords = {"swiss"};
    b.image_prompt = "An abstract arrangement of few shapes";
    b.copies = {{"", "Less, but better", "", "", "", "", ""}};
    return b;
}

}  // namespace

std::vector<Brief> sample_briefs() {
    return {diwali(),  jazz(),   barista(), yoga(), photo_tips(), sneakers(),
            wedding(), coffee(), lunar(),   camp(), brunch(),     quote()};
}

}  // namespace atelier::ai::builtin
