#pragma once
// What the four kinds of catalog entries have in common: each verb once, told apart by an `Entry`, a struct
// of static members that names the row, its id's parameter, its schemas and its repository. Private to this
// folder.
//
//   using Row, Id;  kParameter, kName, kCreateSchema, kPatchSchema
//   list(session, organization, page), find(…, id), insert(session, row), update(session, row), remove(…, id)
//   Result<void> apply(Row&, const json::Value& body)   members of a create or patch body into the row
//   json::Value to_json(const Row&)

#include "api/handlers/exchange.hpp"
#include "api/handlers/idempotent.hpp"
#include "common/store/database.hpp"

namespace atelier::api {

template <class Entry>
Reply list_entries(const Request& request, ApiServices& services) {
    auto page = page_of(request);
    if (!page) return Reply::error(page.error(), request.request_id);
    return answer(request, services.db.read([&](soci::session& session) -> Result<Reply> {
        auto found = Entry::list(session, organization_of(request), *page);
        if (!found) return found.error();
        return page_reply(*found, Entry::to_json);
    }));
}

template <class Entry>
Reply create_entry(const Request& request, ApiServices& services) {
    auto body = body_of(request, services, Entry::kCreateSchema);
    if (!body) return Reply::error(body.error(), request.request_id);
    typename Entry::Row wanted;
    wanted.organization_id = organization_of(request);
    if (auto applied = Entry::apply(wanted, *body); !applied)
        return Reply::error(applied.error(), request.request_id);
    return create_once(request, services, [&](soci::session& session) -> Result<Created> {
        typename Entry::Row row = wanted;
        row.id = ids::new_id<typename Entry::Id>();
        if (auto inserted = Entry::insert(session, row); !inserted) return inserted.error();
        return Created{201, Entry::to_json(row)};
    });
}

template <class Entry>
Reply get_entry(const Request& request, ApiServices& services) {
    auto id = id_of<typename Entry::Id>(request, Entry::kParameter, Entry::kName);
    if (!id) return Reply::error(id.error(), request.request_id);
    return answer(request, services.db.read([&](soci::session& session) -> Result<Reply> {
        auto row = Entry::find(session, organization_of(request), *id);
        if (!row) return row.error();
        return Reply::json(200, Entry::to_json(*row));
    }));
}

/// Members that the body has replace the row's, the others stay.
template <class Entry>
Reply update_entry(const Request& request, ApiServices& services) {
    auto id = id_of<typename Entry::Id>(request, Entry::kParameter, Entry::kName);
    if (!id) return Reply::error(id.error(), request.request_id);
    auto body = body_of(request, services, Entry::kPatchSchema);
    if (!body) return Reply::error(body.error(), request.request_id);
    return answer(request, services.db.write([&](soci::session& session) -> Result<Reply> {
        auto row = Entry::find(session, organization_of(request), *id);
        if (!row) return row.error();
        if (auto applied = Entry::apply(*row, *body); !applied) return applied.error();
        auto updated = Entry::update(session, *row);
        if (!updated) return updated.error();
        return Reply::json(200, Entry::to_json(*updated));
    }));
}

template <class Entry>
Reply delete_entry(const Request& request, ApiServices& services) {
    auto id = id_of<typename Entry::Id>(request, Entry::kParameter, Entry::kName);
    if (!id) return Reply::error(id.error(), request.request_id);
    return answer(request, services.db.write([&](soci::session& session) -> Result<Reply> {
        if (auto removed = Entry::remove(session, organization_of(request), *id); !removed)
            return removed.error();
        return Reply::no_content();
    }));
}

}  // namespace atelier::api
