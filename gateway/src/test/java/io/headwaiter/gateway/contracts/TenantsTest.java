package io.headwaiter.gateway.contracts;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Through every path of the document with another restaurant's key, and with another restaurant's ids in every position: nothing
 * of the other restaurant is shown, and nothing of it is changed.
 */
class TenantsTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static final Headwaiter HEADWAITER = Headwaiter.shared();
    private static final OpenApi API = OpenApi.of(HEADWAITER.gateway());

    /** The one whose key is used. */
    private static final Known OURS = HEADWAITER.add(aRestaurant().named("Ours").withTables(4, 4));

    private static final Known THEIRS =
            HEADWAITER.add(aRestaurant().named("Theirs").withTables(4, 4));

    /** All that a restaurant's own people may. */
    private static final Callers CALLERS =
            HEADWAITER.gateway().with(HEADWAITER.addKey("bookings,clients,staff,setup", OURS.id()));

    private static Subjects ours;
    private static Subjects theirs;

    @BeforeAll
    static void both_have_something_of_each_kind() {
        ours = Subjects.at(OURS, everywhere(OURS), API);
        theirs = Subjects.at(THEIRS, everywhere(THEIRS), API);
        await().until(() -> CALLERS.get(OURS.clients()).status() == 200);
    }

    private static Callers everywhere(Known restaurant) {
        Callers callers = HEADWAITER.gateway().with(HEADWAITER.addKey(ConformanceTest.ALL_SCOPES, restaurant.id()));
        await().until(() -> callers.get(restaurant.clients()).status() == 200);
        return callers;
    }

    static Stream<Operation> operations() {
        return API.operations().stream().filter(operation -> !operation.isOpen());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void their_paths_are_not_there_for_our_key(Operation operation) {
        Dump before = dump();
        for (Draft draft : theirs.draft(operation)) {
            Reply reply = draft.sendBy(CALLERS);
            if (operation.path().contains("{")) {
                assertThat(reply.status()).as("%s: %s", draft, reply).isIn(403, 404);
            }
            assertThatNothingIsTold(draft, reply);
        }
        // An operation without an id is one on what is ours.
        if (operation.path().contains("{") || !operation.isWrite()) {
            assertThat(before.differences(dump())).as("after %s", operation).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void their_ids_in_our_paths_are_not_there_either(Operation operation) {
        String ourPath = ours.draft(operation).getFirst().path();
        String theirPath = theirs.draft(operation).getFirst().path();
        List<String> our = List.of(ourPath.split("/"));
        List<String> their = List.of(theirPath.split("/"));
        Dump before = dump(operation);
        for (int i = 0; i < our.size(); i++) {
            // Ids that are the same in both are the caller's own names for things, such as days.
            if (!our.get(i).equals(their.get(i)) && !our.get(i).matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
                List<String> mixed = new ArrayList<>(our);
                mixed.set(i, their.get(i));
                Draft draft = ours.draft(operation).getFirst().withPath(String.join("/", mixed));
                Reply reply = draft.sendBy(CALLERS);
                assertThat(reply.status()).as("%s: %s", draft, reply).isIn(403, 404);
                assertThatNothingIsTold(draft, reply);
            }
        }
        assertThat(before.differences(dump(operation)))
                .as("after %s", operation)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void their_ids_in_our_bodies_and_queries_bring_nothing(Operation operation) {
        Dump before = theirRows();
        for (Draft draft : withTheirIds(operation)) {
            Reply reply = draft.sendBy(CALLERS);
            if (operation.isWrite()) {
                assertThat(reply.status()).as("%s: %s", draft, reply).isBetween(400, 499);
            }
            assertThatNothingIsTold(draft, reply);
            ours.renew(operation);
        }
        assertThat(before.differences(theirRows())).as("after %s", operation).isEmpty();
    }

    private static List<Draft> withTheirIds(Operation operation) {
        List<Draft> drafts = new ArrayList<>();
        for (Draft draft : ours.draft(operation)) {
            if (draft.body() != null && JSON.readTree(draft.body()) instanceof ObjectNode body) {
                for (Map.Entry<String, Long> id : theirIds().entrySet()) {
                    if (body.path(id.getKey()).isNumber()) {
                        ObjectNode changed = body.deepCopy();
                        drafts.add(draft.withBody(
                                changed.put(id.getKey(), id.getValue()).toString()));
                    }
                }
            }
        }
        for (JsonNode parameter : operation.parameters("query")) {
            String name = parameter.path("name").asString();
            Long id = theirIds().get(name.endsWith("_id") ? name : name + "_id");
            if (id != null) {
                drafts.add(ours.draft(operation).getFirst().withQuery(List.of(name + "=" + id)));
            }
        }
        return drafts;
    }

    private static Map<String, Long> theirIds() {
        String client = theirs.values().get("clientId");
        String reservation = theirs.values().get("reservationId");
        return Map.of(
                "table_id",
                THEIRS.table(0),
                "client_id",
                client == null ? 0 : Long.parseLong(client),
                "reservation_id",
                reservation == null ? 0 : Long.parseLong(reservation),
                "restaurant_id",
                THEIRS.id());
    }

    private static void assertThatNothingIsTold(Draft draft, Reply reply) {
        Set<String> names = Set.of("Theirs", "\"restaurant_id\":" + THEIRS.id());
        for (String name : names) {
            assertThat(reply.text()).as(draft.toString()).doesNotContain(name);
        }
    }

    /** Partners, keys and webhook endpoints are nobody's, and new ones are made for us meanwhile. */
    private static Dump theirRows() {
        return Dump.of(HEADWAITER, THEIRS)
                .without("partners")
                .without("api_keys")
                .without("api_key_restaurants")
                .without("webhook_endpoints");
    }

    /** That our house has no such reservation is for the worker to say: a decision, and kept. */
    private static Dump dump(Operation operation) {
        return operation.documents(202) ? dump().without("booking_requests") : dump();
    }

    private static Dump dump() {
        return Dump.of(HEADWAITER, OURS, THEIRS);
    }
}
