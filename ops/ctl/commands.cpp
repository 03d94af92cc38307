#include "ops/ctl/command.hpp"

namespace atelier::ctl {

const std::vector<Command>& commands() {
    static const std::vector<Command> table{
        {"adapt", "Adapt photos to formats through the API of a server", declare_adapt_command},
        {"dead-letters", "List, requeue or discard tasks that were given up", declare_dead_letters},
        {"generate", "Make designs from a prompt through the API of a server", declare_generate_command},
        {"jobs", "List, show or cancel jobs", declare_jobs},
        {"migrate", "Bring the database's schema up to this version", declare_migrate},
        {"organizations", "List organizations, change a plan, grant credits", declare_organizations},
        {"providers", "List providers of AI, switch them on and off for the fleet", declare_providers},
        {"queues", "Show how many messages wait", declare_queues},
    };
    return table;
}

}  // namespace atelier::ctl
