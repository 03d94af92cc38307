// Statements that stay prepared, and rows that travel as JSON.
#include <doctest/doctest.h>

#include "common/store/prepared.hpp"
#include "tests/support/in_transaction.hpp"

using namespace atelier;
using namespace atelier::testing;
using store::Prepared;

namespace {

const Prepared kInsert(
    "INSERT INTO things (id, size, note) SELECT r.thing, r.large, r.said FROM r WHERE true",
    "thing text, large bigint, said text");
const Prepared kFind("SELECT id, size FROM things WHERE id {in thing} ORDER BY id {for update}",
                     "thing text");

struct Thing {
    std::string id;
    std::int64_t size = 0;
};

void make_table(TestDatabase& database) {
    database.execute("CREATE TABLE things (id TEXT PRIMARY KEY, size BIGINT, note TEXT)");
}

json::Value row(const std::string& id, std::int64_t size = 0, json::Value note = {}) {
    return json::Object{{"thing", id}, {"large", size}, {"said", std::move(note)}};
}

long long insert(soci::session& session, json::Value rows) {
    return store::changed(session, kInsert, soci::use(rows));
}

std::vector<Thing> find(soci::session& session, const std::vector<std::string>& ids) {
    json::Value rows = json::Array{};
    for (const std::string& id : ids)
        rows.push(row(id));
    return store::select_all<Thing>(
        session, kFind, [](auto& prepared, Thing& t) { prepared, soci::into(t.id), soci::into(t.size); },
        soci::use(rows));
}

}  // namespace

TEST_CASE("a statement that stays prepared gives each caller its own rows, few, many or none") {
    for_each_database([](TestDatabase& database) {
        make_table(database);
        write(database, [](soci::session& s) {
            CHECK(insert(s, json::Array{row("a", 1), row("b", 2)}) == 2);
            CHECK(insert(s, json::Array{row("c", 3)}) == 1);
            CHECK(insert(s, json::Array{}) == 0);
            CHECK(find(s, {"b"}).size() == 1);
            CHECK(find(s, {"x"}).empty());
            CHECK(find(s, {"a", "c"}).size() == 2);
            CHECK(find(s, {"c"}).at(0).size == 3);
            CHECK(find(s, {}).empty());
            CHECK(find(s, {"a", "b", "c"}).at(1).id == "b");
        });
        write(database, [](soci::session& s) { CHECK(find(s, {"a"}).at(0).size == 1); });
    });
}

TEST_CASE("rows keep 64-bit numbers, null, quotes and every character") {
    for_each_database([](TestDatabase& database) {
        make_table(database);
        const std::string odd = "it's \"quoted\" \\ \n\t \u00e9 \U0001F600 :name {rows}";
        write(database, [&](soci::session& s) {
            insert(s, json::Array{row("big", 9'007'199'254'740'993, odd), row("nothing")});
            CHECK(find(s, {"big"}).at(0).size == 9'007'199'254'740'993);
            std::string note;
            s << "SELECT note FROM things WHERE id = 'big'", soci::into(note);
            CHECK(note == odd);
            int nulls = 0;
            s << "SELECT count(*) FROM things WHERE note IS NULL", soci::into(nulls);
            CHECK(nulls == 1);
        });
    });
}

TEST_CASE("a prepared statement that failed works again in the next transaction") {
    for_each_database([](TestDatabase& database) {
        make_table(database);
        write(database, [](soci::session& s) { insert(s, json::Array{row("a", 1)}); });
        const auto twice = database->write([](soci::session& s) -> Result<void> {
            insert(s, json::Array{row("b", 1), row("a", 1)});
            return {};
        });
        CHECK(failure(twice) == "CONFLICT");
        write(database, [](soci::session& s) {
            CHECK(insert(s, json::Array{row("b", 2)}) == 1);
            CHECK(find(s, {"a", "b"}).size() == 2);
        });
    });
}

TEST_CASE("what is written later is there for whatever the transaction asks next, and after its commit") {
    for_each_database([](TestDatabase& database) {
        make_table(database);
        write(database, [](soci::session& s) {
            store::later(s, kInsert, json::Value(json::Array{row("a", 1), row("b", 2)}));
            CHECK(find(s, {"a", "b"}).size() == 2);
            store::later(s, kInsert, json::Value(json::Array{row("c", 3)}));
            int count = 0;
            s << "SELECT count(*) FROM things", soci::into(count);
            CHECK(count == 3);
            store::later(s, kInsert, json::Value(json::Array{row("d", 4)}));
            s << "DELETE FROM things WHERE id = 'd'";
            store::later(s, kInsert, json::Value(json::Array{row("e", 5)}));
            store::later(s, kInsert, json::Value(json::Array{row("f", 6)}));
        });
        write(database, [](soci::session& s) { CHECK(find(s, {"a", "b", "c", "d", "e", "f"}).size() == 5); });
    });
}

TEST_CASE("a failure of what was written later is the failure of its transaction") {
    for_each_database([](TestDatabase& database) {
        make_table(database);
        write(database, [](soci::session& s) { insert(s, json::Array{row("a", 1)}); });
        for (int i = 0; i < 2; ++i) {
            const auto twice = database->write([](soci::session& s) -> Result<void> {
                store::later(s, kInsert, json::Value(json::Array{row("b", 1)}));
                store::later(s, kInsert, json::Value(json::Array{row("a", 1)}));
                store::later(s, kInsert, json::Value(json::Array{row("c", 1)}));
                return {};
            });
            CHECK(failure(twice) == "CONFLICT");
        }
        write(database, [](soci::session& s) {
            CHECK(find(s, {"a", "b", "c"}).size() == 1);
            store::later(s, kInsert, json::Value(json::Array{row("b", 2)}));
        });
        write(database, [](soci::session& s) { CHECK(find(s, {"a", "b"}).size() == 2); });
    });
}

TEST_CASE("what was written later in a transaction that is given up never comes") {
    for_each_database([](TestDatabase& database) {
        make_table(database);
        const auto given_up = database->write([](soci::session& s) -> Result<void> {
            store::later(s, kInsert, json::Value(json::Array{row("a", 1)}));
            return not_found("thing");
        });
        CHECK(failure(given_up) == "NOT_FOUND");
        write(database, [](soci::session& s) {
            CHECK(find(s, {"a"}).empty());
            store::later(s, kInsert, json::Value(json::Array{row("b", 1)}));
        });
        write(database, [](soci::session& s) { CHECK(find(s, {"a", "b"}).size() == 1); });
    });
}
