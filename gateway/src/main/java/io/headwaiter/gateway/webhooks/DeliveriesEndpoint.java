package io.headwaiter.gateway.webhooks;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headwaiter.gateway.Answer;
import io.headwaiter.gateway.access.PathId;
import io.headwaiter.gateway.directory.Caller;
import io.headwaiter.gateway.input.Breach;
import io.headwaiter.gateway.input.CheckDocument;
import io.headwaiter.gateway.input.CheckDocument.Finding;
import io.headwaiter.gateway.input.Members;
import io.headwaiter.gateway.input.Paging;
import io.headwaiter.gateway.input.Query;
import io.headwaiter.gateway.input.ReadBody;
import io.headwaiter.gateway.input.ReadDateTime;
import io.headwaiter.gateway.webhooks.DeliveryLog.Page;
import io.headwaiter.gateway.webhooks.DeliveryLog.Sent;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/webhook-endpoints/{id}}, what was sent there: to be looked at, and to be sent again. */
@RestController
@RequestMapping(path = "/api/webhook-endpoints/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class DeliveriesEndpoint {

    private static final Set<String> PARAMETERS =
            Stream.concat(Paging.PARAMETERS.stream(), Stream.of("status")).collect(Collectors.toUnmodifiableSet());

    /** The database's. */
    private static final Set<String> STATUSES = Set.of("pending", "delivered", "failed");

    private final DeliveryLog deliveries;
    private final ReadBody bodies;

    DeliveriesEndpoint(DeliveryLog deliveries, ReadBody bodies) {
        this.deliveries = deliveries;
        this.bodies = bodies;
    }

    /** @param nextAfter the {@code after} of the next page; null when this one is the last */
    record Listed(List<Delivery> deliveries, long total, @Nullable Long nextAfter) {}

    record Single(Delivery delivery) {}

    record Whole(@JsonUnwrapped Delivery delivery, String body) {}

    record Shown(Whole delivery) {}

    @GetMapping("/deliveries")
    Answer<Listed> list(Caller caller, @PathVariable String id, HttpServletRequest request) {
        Query query = Query.of(request, PARAMETERS);
        Paging paging = Paging.of(query);
        Page page = deliveries.list(
                HookReach.of(caller),
                HookEndpoint.known(id),
                query.text("status").map(DeliveriesEndpoint::status).orElse(null),
                paging);
        List<Delivery> shown = paging.shown(page.deliveries());
        boolean more = shown.size() < page.deliveries().size();
        return Answer.of(new Listed(shown, page.total(), more ? shown.getLast().id() : null));
    }

    @GetMapping("/deliveries/{deliveryId}")
    Answer<Shown> show(
            Caller caller, @PathVariable String id, @PathVariable String deliveryId, HttpServletRequest request) {
        Query.of(request, Set.of());
        Sent sent = deliveries.find(HookReach.of(caller), HookEndpoint.known(id), delivery(deliveryId));
        return Answer.of(new Shown(new Whole(sent.delivery(), sent.body())));
    }

    /** Its outcome is where {@code Location} leads. */
    @PostMapping("/test")
    ResponseEntity<Answer<Single>> test(Caller caller, @PathVariable String id, HttpServletRequest request) {
        Query.of(request, Set.of());
        long endpointId = HookEndpoint.known(id);
        Delivery delivery = deliveries.test(HookReach.of(caller), endpointId);
        return ResponseEntity.created(
                        URI.create("/api/webhook-endpoints/%d/deliveries/%d".formatted(endpointId, delivery.id())))
                .body(Answer.of(new Single(delivery)));
    }

    @PostMapping("/deliveries/{deliveryId}/redeliver")
    ResponseEntity<Answer<Single>> redeliver(
            Caller caller, @PathVariable String id, @PathVariable String deliveryId, HttpServletRequest request) {
        Query.of(request, Set.of());
        return ResponseEntity.accepted()
                .body(Answer.of(new Single(
                        deliveries.redeliver(HookReach.of(caller), HookEndpoint.known(id), delivery(deliveryId)))));
    }

    /** What it is at is shown by the endpoint. */
    @PostMapping(path = "/replay", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Answer<HookEndpoint.Single>> replay(
            Caller caller, @PathVariable String id, HttpServletRequest request) {
        Query.of(request, Set.of());
        Instant since = since(bodies.of(request));
        Hook hook = deliveries.replay(HookReach.of(caller), HookEndpoint.known(id), since);
        return ResponseEntity.accepted().body(Answer.of(new HookEndpoint.Single(hook)));
    }

    private static Instant since(Members body) {
        body.allowing(Set.of("since"));
        if (!body.has("since")) {
            throw CheckDocument.problem(List.of(new Finding("since", Breach.SINCE_MISSING)))
                    .asException();
        }
        return ReadDateTime.from("since", body.requiredText("since"));
    }

    private static long delivery(String id) {
        return PathId.parse(id)
                .orElseThrow(() -> HookProblems.deliveryNotFound().asException());
    }

    private static String status(String text) {
        if (!STATUSES.contains(text)) {
            throw Query.invalid("status", "The parameter status must be pending, delivered or failed.");
        }
        return text;
    }
}
