package io.headwaiter.gateway.webhooks;

import io.headwaiter.gateway.input.Members;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a partner says of an endpoint.
 *
 * @param eventTypes in order, each once; none: all
 * @param restaurants in order, each once; none: every one that the partner's keys reach
 */
record HookDetails(
        @Size(max = 2048, message = "webhook_url_length") String url,
        @Pattern(regexp = "^[^\\p{Cc}\\p{Cs}]{1,200}$", message = "webhook_description_length") @Nullable
                String description,
        List<String> eventTypes,
        @Size(max = 1000, message = "restaurant_unknown") List<Long> restaurants,
        boolean enabled) {

    /** Of an endpoint of which nothing was said yet: nobody can have this url. */
    static final HookDetails NEW = new HookDetails("", null, List.of(), List.of(), true);

    private static final Set<String> MEMBERS = Set.of("url", "description", "event_types", "restaurants", "enabled");

    /** As RFC 7396 has it: what is not given stays, and {@code null} takes away. */
    HookDetails changedBy(Members body) {
        body.allowing(MEMBERS);
        return new HookDetails(
                body.has("url") ? body.requiredText("url") : url,
                body.has("description") ? body.text("description").orElse(null) : description,
                body.has("event_types") ? sorted(body.texts("event_types").orElse(List.of())) : eventTypes,
                body.has("restaurants")
                        ? sorted(body.wholeNumbers("restaurants").orElse(List.of()))
                        : restaurants,
                body.has("enabled") ? body.requiredFlag("enabled") : enabled);
    }

    private static <T extends Comparable<T>> List<T> sorted(List<T> list) {
        return list.stream().distinct().sorted().toList();
    }

    boolean asksForTables() {
        return !Collections.disjoint(eventTypes, EventTypes.OF_TABLES);
    }

    @AssertTrue(message = "event_types_known")
    boolean isEachEventTypeKnown() {
        return EventTypes.ALL.containsAll(eventTypes);
    }
}
