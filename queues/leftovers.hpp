#pragma once
// Result objects of claims that were lost. A worker sweeps what it wrote under a claim that turned out void;
// one that was killed cannot, so somebody else does it here, from the rows.

#include <chrono>
#include <string>

#include "common/objects/object_store.hpp"
#include "common/store/database.hpp"
#include "common/store/leftovers.hpp"

namespace atelier::queues {

/// Where all claims of a task write: `results/{organization}/{job}/{task}`; each in a folder named by its
/// fence.
std::string results_folder(const OrganizationId& organization, const JobId& job, const TaskId& task);

/// Removes what lost claims wrote for tasks that ended behind `mark` and at least `grace` ago (longer than a
/// worker needs to notice that its claim is void), and moves the mark on. May be repeated and run in several
/// processes. Returns how many objects went. Errors leave the mark where it is safe to start again.
Result<int> sweep_leftovers(store::Database& db, objects::ObjectStore& objects,
                            std::chrono::milliseconds grace, store::LeftoverMark& mark);

}  // namespace atelier::queues
