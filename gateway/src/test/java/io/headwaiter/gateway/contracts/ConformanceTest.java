package io.headwaiter.gateway.contracts;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Known;
import io.headwaiter.gateway.testing.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gateway does what {@code openapi.yaml} says, and nothing that it does not say. */
class ConformanceTest {

    static final String ALL_SCOPES = "bookings,clients,staff,setup,platform";

    private static final Headwaiter HEADWAITER = Headwaiter.shared();
    private static final OpenApi API = OpenApi.of(HEADWAITER.gateway());
    private static final Known RESTAURANT = HEADWAITER.add(aRestaurant().withTables(4, 4, 4, 4));
    private static final Callers CALLERS = HEADWAITER.gateway().with(HEADWAITER.addKey(ALL_SCOPES, RESTAURANT.id()));

    private static final Map<String, Callers> KEYS = new HashMap<>();

    private static Subjects subjects;

    @BeforeAll
    static void there_is_something_of_each_kind() {
        await().until(() -> CALLERS.get(RESTAURANT.clients()).status() == 200);
        subjects = Subjects.at(RESTAURANT, CALLERS, API);
    }

    static List<Operation> operations() {
        return API.operations();
    }

    static List<Operation> closedOperations() {
        return API.operations().stream()
                .filter(operation -> !operation.isOpen())
                .toList();
    }

    @Test
    void the_paths_served_are_the_paths_described() {
        Set<String> described = API.operations().stream()
                .map(operation -> operation.verb() + " " + operation.path().replaceAll("\\{\\w+}", "{}"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(HEADWAITER.gateway().mappings("/api", "/contracts")).isEqualTo(described);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void each_operation_does_what_its_examples_ask_for(Operation operation) {
        for (int i = 0; i < Math.max(1, subjects.draft(operation).size()); i++) {
            subjects.renew(operation);
            Draft draft = subjects.draft(operation).get(i);
            Reply reply = draft.sendBy(operation.isOpen() ? HEADWAITER.gateway().nobody() : CALLERS);

            assertThat(reply.status()).as("%s: %s", draft, reply).isBetween(200, 299);
            assertThat(operation.wrongWith(reply)).as("%s: %s", draft, reply).isEmpty();
        }
        if (operation.takesHeader("Prefer")) {
            subjects.renew(operation);
            Draft draft = subjects.draft(operation).getFirst().with("Prefer", "respond-async");
            Reply reply = draft.sendBy(CALLERS);

            assertThat(reply.status()).as("%s: %s", draft, reply).isEqualTo(202);
            assertThat(operation.wrongWith(reply)).as("%s: %s", draft, reply).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("closedOperations")
    void each_operation_needs_a_key_with_the_scopes_described(Operation operation) {
        Draft draft = subjects.draft(operation).getFirst();
        Reply nobody = draft.sendBy(HEADWAITER.gateway().nobody());

        assertThat(nobody.status()).isEqualTo(401);
        assertThat(operation.wrongWith(nobody)).isEmpty();
        for (Set<String> enough : operation.scopes()) {
            for (String scope : enough) {
                List<String> others = new ArrayList<>(List.of(ALL_SCOPES.split(",")));
                others.remove(scope);
                if (operation.scopes().stream().noneMatch(others::containsAll)) {
                    Reply without = draft.sendBy(keyWith(String.join(",", others)));
                    assertThat(without.status())
                            .as("%s without %s: %s", draft, scope, without)
                            .isEqualTo(403);
                    assertThat(operation.wrongWith(without)).isEmpty();
                }
            }
            subjects.renew(operation);
            Reply with = subjects.draft(operation).getFirst().sendBy(keyWith(String.join(",", enough)));
            assertThat(with.status()).as("%s with %s: %s", draft, enough, with).isNotIn(401, 403);
            assertThat(operation.wrongWith(with)).as("%s: %s", draft, with).isEmpty();
        }
    }

    private static Callers keyWith(String scopes) {
        return KEYS.computeIfAbsent(scopes, unknown -> {
            Callers callers = HEADWAITER.gateway().with(HEADWAITER.addKey(scopes, RESTAURANT.id()));
            await().until(() -> callers.get(RESTAURANT.clients()).status() != 401);
            return callers;
        });
    }

    @ParameterizedTest
    @MethodSource("operations")
    void each_operation_refuses_as_described_what_no_operation_takes(Operation operation) {
        Callers callers = operation.isOpen() ? HEADWAITER.gateway().nobody() : CALLERS;
        Draft draft = subjects.draft(operation).getFirst();
        List<Draft> wrong = new ArrayList<>(List.of(draft.with("Accept", "application/pdf")));
        if (!operation.isOpen()) {
            wrong.add(draft.withQuery(List.of("nonsense=1")));
        }
        if (operation.path().contains("{restId}")) {
            wrong.add(draft.withPath(draft.path().replace("/" + RESTAURANT.id(), "/987654321")));
        }
        if (operation.hasBody()) {
            wrong.add(draft.with("Content-Type", "text/plain"));
            wrong.add(draft.withBody("{"));
            wrong.add(draft.withBody("{\"nonsense\":1}"));
            wrong.add(draft.withBody("[]"));
            wrong.add(draft.withBody("{\"notes\":\"" + "x".repeat(2_000_000) + "\"}"));
        }
        for (Draft each : wrong) {
            Reply reply = each.sendBy(callers);
            assertThat(operation.wrongWith(reply)).as("%s: %s", each, reply).isEmpty();
        }
    }
}
