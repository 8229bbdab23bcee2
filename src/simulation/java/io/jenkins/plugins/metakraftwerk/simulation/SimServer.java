package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** API of one server, as far as the plugin uses it for deployments. */
final class SimServer {

    static final String API = "/api/v1";
    static final String BUILD_DEPLOYMENTS = API + "/build_deployments";
    static final String BUILDS = API + "/builds/";

    final Database database;
    final Tokens tokens;
    private long behind;
    private final World world;
    private final ServerStyle style;

    SimServer(World world, ServerStyle style) {
        this.world = world;
        this.style = style;
        database = new Database(world.chance, world.scheduler);
        tokens = new Tokens();
    }

    ServerStyle style() {
        return style;
    }

    SimReply handle(SimRequest request) {
        request.worked++;
        if (request.path.equals("/authentication")) {
            return SimReply.json(201, "{\"accessToken\":\"" + tokens.logIn() + "\",\"user\":{\"id\":1}}");
        }
        if (!tokens.accept(request.token)) {
            request.worked--;
            return SimReply.error(401, "NotAuthenticated", "Not authenticated");
        }
        if (request.isDeployment()) {
            return create(request);
        }
        if (request.isList()) {
            return list(request);
        }
        if (request.isBuild()) {
            return build(request);
        }
        if (request.path.equals(API + "/agents")) {
            return named(request, RequestedDeployment.AGENTS);
        }
        if (request.path.equals(API + "/agent_groups")) {
            return named(request, RequestedDeployment.GROUPS);
        }
        return SimReply.error(404, "NotFound", "Page not found");
    }

    private SimReply create(SimRequest request) {
        RequestedDeployment asked = RequestedDeployment.parse(request.body);
        SimBuild build = database.builds.get(asked.build());
        String refusal = null;
        if (build == null || build.deleted()) {
            refusal = "Build not found";
        } else if (!asked.isKnown()) {
            refusal = "Some name does not exist!";
        } else if (style.strict() && !build.statusAt(world.scheduler.now()).equals("FINISHED")) {
            refusal = "The build is not finished";
        }
        if (refusal != null) {
            request.worked--;
            return SimReply.error(400, "BadRequest", refusal);
        }
        Long agent = asked.namesExecutor() ? asked.agent() : style.defaultAgent();
        SimRecord record = database.add(asked, agent, request, false);
        world.trace.line(() -> "   created " + record);
        world.witness.created(record);
        return SimReply.json(201, record.json());
    }

    /** Makes its lists show the data of this long ago. */
    void lag(long nanos) {
        behind = nanos;
    }

    private SimReply list(SimRequest request) {
        boolean sorted = request.query.containsKey("$sort[id]");
        if (style.limits() == ServerStyle.Limits.REFUSED && (sorted || request.query.containsKey("$limit"))) {
            return SimReply.error(400, "BadRequest", "Invalid query parameter");
        }
        long moment = world.scheduler.now() - behind - (style.lag() == 0 ? 0 : world.chance.between(0, style.lag()));
        List<SimRecord> view = database.at(moment, filter(request.query));
        if (request.isFirstPage()) {
            world.witness.looked(request, view);
        }
        if (!style.whole()) {
            view.removeIf(record -> world.chance.happens(0.3));
        }
        Database.ordered(view, style.order());
        boolean honoured = style.limits() == ServerStyle.Limits.HONOURED;
        if (sorted && honoured) {
            Database.ordered(
                    view, request.query.get("$sort[id]").equals("1") ? ServerStyle.Order.RISING : ServerStyle.Order.FALLING);
        }
        int limit = honoured ? Integer.parseInt(request.query.getOrDefault("$limit", "-1")) : -1;
        return paged(view, limit, Integer.parseInt(request.query.getOrDefault("$skip", "0")));
    }

    private SimReply paged(List<SimRecord> view, int limit, int skip) {
        List<String> entries = new ArrayList<>();
        if (style.page() == 0) {
            // Without pages, parameters that begin with a dollar are ignored.
            view.forEach(record -> entries.add(record.json()));
            return SimReply.json(200, "[" + String.join(",", entries) + "]");
        }
        int size = limit < 0 ? style.page() : Math.min(limit, style.page());
        for (int i = skip; i < Math.min(view.size(), skip + size); i++) {
            entries.add(view.get(i).json());
        }
        if (skip + size < view.size()) {
            world.people.whileReading();
        }
        return SimReply.json(
                200,
                "{\"total\":" + view.size() + ",\"limit\":" + size + ",\"skip\":" + skip + ",\"data\":["
                        + String.join(",", entries) + "]}");
    }

    private Predicate<SimRecord> filter(Map<String, String> query) {
        Predicate<SimRecord> all = record -> true;
        return !style.filters()
                ? all
                : all.and(passes(query.get("build_id"), record -> record.build))
                        .and(passes(id(RequestedDeployment.PATTERNS, query, "pattern"), record -> record.pattern))
                        .and(passes(id(RequestedDeployment.DEPLOYMENTS, query, "deployment"), record -> record.deployment));
    }

    private static Predicate<SimRecord> passes(String wanted, java.util.function.ToLongFunction<SimRecord> field) {
        if (wanted == null) {
            return record -> true;
        }
        long id = Long.parseLong(wanted);
        return record -> field.applyAsLong(record) == id;
    }

    private static String id(Map<String, Long> names, Map<String, String> query, String field) {
        return query.containsKey(field)
                ? String.valueOf(names.getOrDefault(query.get(field), -1L))
                : query.get(field + "_id");
    }

    private SimReply build(SimRequest request) {
        SimBuild build = database.builds.get(Long.parseLong(request.path.substring(BUILDS.length())));
        if (build == null) {
            return SimReply.error(404, "NotFound", "No record found for id");
        }
        long now = world.scheduler.now();
        world.witness.read(request, build.deleted() ? "DELETED" : build.statusAt(now));
        return SimReply.json(200, build.json(now));
    }

    private static SimReply named(SimRequest request, Map<String, Long> names) {
        String wanted = request.query.get("name");
        List<String> entries = new ArrayList<>();
        new TreeMap<>(names).forEach((name, id) -> {
            if (wanted == null || wanted.equals(name)) {
                entries.add("{\"id\":" + id + ",\"agent_id\":\"u-" + id + "\",\"name\":\"" + name
                        + "\",\"deleted\":false,\"disabled\":false,\"online\":true,\"group_id\":null}");
            }
        });
        return SimReply.json(200, "[" + String.join(",", entries) + "]");
    }

    /** Returns a response with a record that does not exist. */
    SimReply madeUp(SimRequest request) {
        RequestedDeployment asked = RequestedDeployment.parse(request.body);
        return SimReply.json(
                201,
                new SimRecord(database.unusedId(), asked.build(), asked.pattern(), asked.deployment(), asked.agent(), asked.group(), 0, null, false)
                        .json());
    }

    /** Returns a matching record of somebody else, or else any. */
    SimReply foreign(SimRequest request) {
        RequestedDeployment asked = RequestedDeployment.parse(request.body);
        List<SimRecord> fitting = database.at(world.scheduler.now(), asked::fits);
        List<SimRecord> all = fitting.isEmpty() ? database.records : fitting;
        return all.isEmpty() ? madeUp(request) : SimReply.json(201, all.get(all.size() - 1).json());
    }
}
