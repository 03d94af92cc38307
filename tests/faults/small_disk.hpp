#pragma once
// A disk that a test can fill: a tmpfs mounted on a temporary folder.

#include <memory>
#include <string>

#include "tests/e2e/support/process.hpp"

namespace atelier::faults {

class SmallDisk {
  public:
    /// Nothing when this process may not mount: `why` says so.
    static std::unique_ptr<SmallDisk> mount(int mebibytes, std::string& why);
    /// Unmounts, also while files are open.
    ~SmallDisk();
    SmallDisk(const SmallDisk&) = delete;

    std::string path() const { return folder_.path().string(); }
    std::string operator/(std::string_view name) const { return folder_ / name; }
    /// Takes all space but `left` bytes. Throws when it cannot.
    void fill(long left = 0);
    /// Gives it back.
    void clear();
    long free_bytes() const;

  private:
    SmallDisk() = default;
    e2e::TempFolder folder_;
    bool mounted_ = false;
};

}  // namespace atelier::faults
