package io.headwaiter.gateway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a path's variables stand for at one restaurant. There is a subject for each because the document says how to make one: each
 * operation that adds something is asked to, by its examples, and where its {@code Location} leads tells the ids.
 */
final class Subjects {

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
    private static final Pattern DATE = Pattern.compile("\\b20\\d\\d-\\d\\d-\\d\\d");
    /** The days of the examples are so many from this one as those asked about here are from one that is to come. */
    private static final LocalDate EXAMPLE = LocalDate.of(2027, 1, 1);

    private final OpenApi api;
    private final Callers callers;
    private final Known restaurant;
    private final Map<String, String> values = new HashMap<>();
    /** By the variable that they give a value. */
    private final Map<String, Maker> makers = new HashMap<>();

    private int made;

    private record Maker(Operation operation, Map<String, String> headers) {}

    private Subjects(OpenApi api, Callers callers, Known restaurant) {
        this.api = api;
        this.callers = callers;
        this.restaurant = restaurant;
        values.put("restId", Long.toString(restaurant.id()));
    }

    /** @param callers with a key that may do everything here */
    static Subjects at(Known restaurant, Callers callers, OpenApi api) {
        Subjects subjects = new Subjects(api, callers, restaurant);
        List<Operation> adding = api.operations().stream()
                .filter(operation -> operation.method().equals("post"))
                .sorted(Comparator.comparingInt(
                        operation -> operation.parameters("path").size()))
                .toList();
        for (Operation operation : adding) {
            if (subjects.knows(operation)) {
                subjects.make(new Maker(operation, Map.of()));
                // A request's token is a booking's, whatever else may be answered later: only a booking can be
                // withdrawn.
                if (operation.documents(202) && !subjects.values.containsKey("token")) {
                    subjects.make(new Maker(operation, Map.of("Prefer", "respond-async")));
                }
            }
        }
        // What has a name given by its caller is put where it is to be.
        api.operations().stream()
                .filter(operation -> operation.method().equals("put"))
                .filter(operation -> !subjects.isMade(operation))
                .forEach(operation -> subjects.make(new Maker(operation, Map.of())));
        return subjects;
    }

    Known restaurant() {
        return restaurant;
    }

    Callers callers() {
        return callers;
    }

    Map<String, String> values() {
        return Map.copyOf(values);
    }

    private boolean knows(Operation operation) {
        return VARIABLE.matcher(operation.path())
                .results()
                .allMatch((MatchResult variable) -> values.containsKey(variable.group(1)));
    }

    private boolean isMade(Operation operation) {
        return VARIABLE.matcher(operation.path())
                .results()
                .map((MatchResult variable) -> variable.group(1))
                .reduce((before, last) -> last)
                .filter(makers::containsKey)
                .isPresent();
    }

    /** Makes a new subject for each variable of the operation's path, if there is a way: what one stands under may be gone, too. */
    void renew(Operation operation) {
        VARIABLE.matcher(operation.path())
                .results()
                .map((MatchResult variable) -> makers.get(variable.group(1)))
                .filter(Objects::nonNull)
                .forEach(this::make);
    }

    private void make(Maker maker) {
        Draft draft = draft(maker.operation()).getFirst();
        for (Map.Entry<String, String> header : maker.headers().entrySet()) {
            draft = draft.with(header.getKey(), header.getValue());
        }
        Reply reply = draft.sendBy(callers);
        assertThat(reply.status()).as("%s: %s", draft, reply).isBetween(200, 299);
        JsonNode first = reply.at("/data").values().stream().findFirst().orElse(MissingNode.getInstance());
        String location = maker.operation().method().equals("put")
                ? draft.path()
                // Where there is nothing to look at, there is at least an id.
                : reply.header("Location").isEmpty()
                        ? draft.path() + "/" + first.path("id").asString("")
                        : reply.header("Location");
        for (Operation operation : api.operations()) {
            Matcher template = Pattern.compile(
                            VARIABLE.matcher(operation.path()).replaceAll("(?<$1>[^/]+)"))
                    .matcher(location);
            if (operation.path().endsWith("}") && !operation.path().endsWith("{restId}") && template.matches()) {
                template.namedGroups().keySet().forEach(name -> values.put(name, template.group(name)));
                List<String> names = VARIABLE.matcher(operation.path())
                        .results()
                        .map((MatchResult variable) -> variable.group(1))
                        .toList();
                makers.put(names.getLast(), maker);
            }
        }
    }

    /** The operation's requests by its examples: one for each body, or for each query. */
    List<Draft> draft(Operation operation) {
        made++;
        Map<String, String> headers = new TreeMap<>();
        if (operation.hasBody()) {
            headers.put("Content-Type", operation.bodyType());
        }
        Draft plain = new Draft(operation.verb(), path(operation), query(operation), headers, null);
        List<Draft> drafts = new ArrayList<>();
        for (JsonNode body : operation.bodies()) {
            made++;
            drafts.add(plain.withBody(adapted(body, true).toString()));
        }
        if (drafts.isEmpty()) {
            drafts.add(plain);
        }
        operation
                .node()
                .path("x-example-queries")
                .forEach(query -> drafts.add(drafts.getFirst()
                        .withQuery(List.of(shifted(query.asString()).split("&")))));
        return drafts;
    }

    private String path(Operation operation) {
        return VARIABLE.matcher(operation.path())
                .replaceAll((MatchResult variable) -> value(operation, variable.group(1)));
    }

    private String value(Operation operation, String variable) {
        return Optional.ofNullable(values.get(variable)).orElseGet(() -> operation.parameters("path").stream()
                .filter(parameter -> parameter.path("name").asString().equals(variable))
                .map(parameter -> shifted(parameter.path("example").asString()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(operation + " says not what may stand for " + variable)));
    }

    private List<String> query(Operation operation) {
        return operation.parameters("query").stream()
                .filter(parameter -> parameter.has("example"))
                .map(parameter -> parameter.path("name").asString() + "="
                        + shifted(parameter.path("example").asString()))
                .toList();
    }

    /** As the example, with ids that there are, days to come, and names and addresses that nobody has yet. */
    private JsonNode adapted(JsonNode example, boolean outermost) {
        JsonNode copy = example.deepCopy();
        if (copy instanceof ObjectNode object) {
            example.forEachEntry((name, value) -> object.set(name, adapted(name, value, outermost)));
        }
        return copy;
    }

    private JsonNode adapted(String name, JsonNode value, boolean outermost) {
        ObjectNode holder = JsonNodeFactory.instance.objectNode();
        String known = values.get(name.replace("_id", "Id"));
        if (name.equals("table_id") && value.isNumber()) {
            return holder.put(
                            name,
                            restaurant.table(made % restaurant.added().tables().size()))
                    .path(name);
        }
        if (name.endsWith("_id") && value.isNumber() && known != null) {
            return holder.put(name, Long.parseLong(known)).path(name);
        }
        if (name.equals("restaurants")) {
            return holder.putArray(name).add(restaurant.id());
        }
        if (value.isString()) {
            String text = shifted(value.asString());
            if (name.equals("email")) {
                text = text.replace("@", "+" + made + "@");
            } else if (name.equals("name") && outermost) {
                text = text + " " + made;
            }
            return holder.put(name, text).path(name);
        }
        return adapted(value, false);
    }

    private String shifted(String text) {
        return DATE.matcher(text).replaceAll((MatchResult date) -> {
            long days = ChronoUnit.DAYS.between(EXAMPLE, LocalDate.parse(date.group()));
            return LocalDate.now(ZoneOffset.UTC)
                    .plusDays(20 + days + made % 300)
                    .toString();
        });
    }
}
