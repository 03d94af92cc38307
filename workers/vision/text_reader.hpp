#pragma once
// What a line of text says: PP-OCRv4's recogniser (SVTR-LCNet) on the line cut out upright at 48 px height,
// decoded by the best path of CTC (Graves et al., "Connectionist Temporal Classification", 2006). Latin and
// Chinese characters. Thread-safe: one mutex around the network.

#include <filesystem>
#include <memory>
#include <string>

#include "common/errors/error.hpp"
#include "workers/imaging/pixels.hpp"
#include "workers/vision/text_detector.hpp"

namespace atelier::vision {

struct Reading {
    std::string text;       ///< UTF-8; empty when nothing was recognised
    double confidence = 0;  ///< mean probability of the characters
};

class TextReader {
  public:
    static Result<std::unique_ptr<TextReader>> load(const std::filesystem::path& folder);
    ~TextReader();

    Result<Reading> read(const imaging::Pixels& picture, const TextLine& line) const;

  private:
    struct State;
    explicit TextReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace atelier::vision
