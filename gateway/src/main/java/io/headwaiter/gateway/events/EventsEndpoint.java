package io.headwaiter.gateway.events;

import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.directory.Directory;
import io.headwaiter.gateway.directory.Scope;
import io.headwaiter.gateway.events.StreamPlaces.Place;
import io.headwaiter.gateway.input.Query;
import io.headwaiter.gateway.problems.ProblemException;
import io.headwaiter.gateway.problems.Problems;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code .../events}: a restaurant's events as they happen, as Server-Sent Events. */
@RestController
class EventsEndpoint {

    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final LiveEvents live;
    private final KeptEvents kept;
    private final StreamPlaces places;
    private final Directory directory;
    private final GatewayProperties properties;
    private final Map<Ending, Counter> ended;

    EventsEndpoint(
            LiveEvents live,
            KeptEvents kept,
            StreamPlaces places,
            Directory directory,
            GatewayProperties properties,
            MeterRegistry meters) {
        this.live = live;
        this.kept = kept;
        this.places = places;
        this.directory = directory;
        this.properties = properties;
        // Each is there from the start, at nought, so that its first increase is one.
        this.ended = Arrays.stream(Ending.values())
                .collect(Collectors.toMap(Function.identity(), ending -> Counter.builder("headwaiter.streams.ended")
                        .description("Live streams of events that were open, by why they are not any more")
                        .tag("cause", ending.code())
                        .register(meters)));
    }

    /** Keeps its thread until the stream ends. It is a virtual one, and is asleep most of the time. */
    @GetMapping(path = "/api/restaurants/{restId}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void follow(Admission admission, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Query.of(request, Set.of());
        String restaurant = Long.toString(admission.restaurantId());
        int partition = live.partitionOf(restaurant);
        EventId last = lastEventId(request, partition);
        try (Place place = places.take(admission.caller())) {
            if (last != null) {
                kept.requireResumable(last);
            }
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            // A proxy that collects answers before it passes them on would have the stream stand still.
            response.setHeader("X-Accel-Buffering", "no");
            if (request.getMethod().equals("HEAD")) {
                return;
            }
            Earshot earshot = Earshot.of(admission.caller());
            EventStream stream = new EventStream(
                    live,
                    kept,
                    properties.streams(),
                    restaurant,
                    partition,
                    earshot,
                    () -> stillReaches(admission, earshot),
                    response.getOutputStream());
            Objects.requireNonNull(ended.get(stream.run(last))).increment();
        }
    }

    private static @Nullable EventId lastEventId(HttpServletRequest request, int partition) {
        List<String> given = Collections.list(request.getHeaders(LAST_EVENT_ID));
        if (given.isEmpty()) {
            return null;
        }
        EventId last = (given.size() == 1 ? EventId.parse(given.getFirst()) : Optional.<EventId>empty())
                .orElseThrow(() -> Problems.badRequest(
                                "last_event_id_invalid", "Last-Event-ID must be an id as the stream gives them, once.")
                        .asException());
        if (last.partition() != partition) {
            throw KeptEvents.unknown().asException();
        }
        return last;
    }

    private boolean stillReaches(Admission admission, Earshot earshot) {
        try {
            return directory
                    .asOfNow(admission.caller())
                    .filter(caller -> caller.reaches(admission.restaurantId()))
                    .filter(caller -> caller.may(Scope.BOOKINGS) || caller.may(Scope.STAFF))
                    .filter(caller -> Earshot.of(caller).equals(earshot))
                    .isPresent();
        } catch (ProblemException nobodyKnows) {
            // As for anybody who comes with a key then.
            return false;
        }
    }
}
