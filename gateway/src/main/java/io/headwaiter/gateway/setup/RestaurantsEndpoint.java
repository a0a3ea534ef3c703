package io.headwaiter.gateway.setup;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headwaiter.gateway.Answer;
import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.directory.Caller;
import io.headwaiter.gateway.directory.Directory;
import io.headwaiter.gateway.input.CheckDocument;
import io.headwaiter.gateway.input.IfMatch;
import io.headwaiter.gateway.input.Members;
import io.headwaiter.gateway.input.Paging;
import io.headwaiter.gateway.input.Query;
import io.headwaiter.gateway.input.ReadBody;
import io.headwaiter.gateway.setup.ChangeRules.Changed;
import io.headwaiter.gateway.setup.CreateRestaurant.Created;
import io.headwaiter.rules.FloorPlan;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/restaurants}: those that there are, new ones, and each one's settings. */
@RestController
@RequestMapping(path = "/api/restaurants", produces = MediaType.APPLICATION_JSON_VALUE)
class RestaurantsEndpoint {

    private final Directory directory;
    private final CreateRestaurant create;
    private final ReadRules rules;
    private final ChangeRules change;
    private final TimeZones zones;
    private final ReadBody bodies;
    private final CheckDocument check;

    RestaurantsEndpoint(
            Directory directory,
            CreateRestaurant create,
            ReadRules rules,
            ChangeRules change,
            TimeZones zones,
            ReadBody bodies,
            CheckDocument check) {
        this.directory = directory;
        this.create = create;
        this.rules = rules;
        this.change = change;
        this.zones = zones;
        this.bodies = bodies;
        this.check = check;
    }

    /** A restaurant in a list. */
    record Summary(long id, String name, String timeZone) {

        private static Summary of(FloorPlan plan) {
            return new Summary(plan.restaurantId(), plan.name(), plan.timeZone().getId());
        }
    }

    /** @param nextAfter the {@code after} of the next page; null when this one is the last */
    record Listed(List<Summary> restaurants, long total, @Nullable Long nextAfter) {}

    record Restaurant(long id, @JsonUnwrapped Settings settings) {}

    record Single(Restaurant restaurant) {}

    record Put(Restaurant restaurant, @JsonUnwrapped NowOutside outside) {}

    /** From memory, as every request finds its restaurant: what is listed can be asked for. */
    @GetMapping
    Answer<Listed> list(Caller caller, HttpServletRequest request) {
        Paging paging = Paging.of(Query.of(request, Paging.PARAMETERS));
        List<FloorPlan> reached = directory.plansReachedBy(caller);
        List<Summary> fromHere = reached.stream()
                .filter(plan -> plan.restaurantId() > paging.after())
                .limit(paging.limit() + 1L)
                .map(Summary::of)
                .toList();
        List<Summary> shown = paging.shown(fromHere);
        return Answer.of(new Listed(
                shown,
                reached.size(),
                shown.size() < fromHere.size() ? shown.getLast().id() : null));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Answer<Single>> create(HttpServletRequest request) {
        RestaurantDocument document = RestaurantDocument.from(bodies.document(request));
        check.of(
                zones.check(document.settings()),
                document.settings(),
                document.turnTimes(),
                document.week(),
                document.specialDays(),
                document.tables());
        Created created = create.from(document);
        return ResponseEntity.created(URI.create("/api/restaurants/" + created.id()))
                .eTag(IfMatch.tag(created.version()))
                .body(Answer.of(new Single(new Restaurant(created.id(), created.settings()))));
    }

    @GetMapping("/{restId}")
    ResponseEntity<Answer<Single>> show(Admission admission) {
        return rules.answer(
                admission,
                jdbc -> Answer.of(new Single(new Restaurant(
                        admission.restaurantId(), new StoredRules(jdbc, admission.restaurantId()).settings()))));
    }

    @PatchMapping(path = "/{restId}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Answer<Put>> change(Admission admission, HttpServletRequest request) {
        Members body = bodies.of(request).allowing(Settings.MEMBERS);
        Settings settings = Settings.changed(body);
        check.of(zones.check(settings), settings);
        Changed<Settings> changed = change.change(admission, IfMatch.of(request), jdbc -> {
            StoredRules stored = new StoredRules(jdbc, admission.restaurantId());
            stored.change(settings);
            return stored.settings();
        });
        return ResponseEntity.ok()
                .eTag(IfMatch.tag(changed.version()))
                .body(Answer.of(
                        new Put(new Restaurant(admission.restaurantId(), changed.result()), changed.outside())));
    }

    /** Without the envelope, since it is to be sent as it is. */
    @GetMapping("/{restId}/export")
    ResponseEntity<RestaurantDocument> export(Admission admission) {
        return rules.answer(admission, jdbc -> {
            StoredRules stored = new StoredRules(jdbc, admission.restaurantId());
            return new RestaurantDocument(
                    stored.settings(),
                    stored.turnTimes(),
                    stored.week(),
                    stored.specialDays(),
                    new Tables(new StoredTables(jdbc, admission.restaurantId())
                            .all().stream().map(StoredTables.Table::details).toList()));
        });
    }
}
