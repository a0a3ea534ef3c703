package io.headwaiter.gateway.availability;

import io.headwaiter.gateway.Answer;
import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.availability.ReadOccupancy.Taken;
import io.headwaiter.rules.FloorPlan;
import io.headwaiter.rules.FreeSlots;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code .../availability}: by the rules that decide bookings, so that what is offered can be booked. */
@RestController
class AvailabilityEndpoint {

    private final ReadOccupancy occupancy;

    AvailabilityEndpoint(ReadOccupancy occupancy) {
        this.occupancy = occupancy;
    }

    @GetMapping(path = "/api/restaurants/{restId}/availability", produces = MediaType.APPLICATION_JSON_VALUE)
    Answer<?> show(Admission admission, HttpServletRequest request) {
        AvailabilityQuery query = AvailabilityQuery.of(request);
        Taken taken = occupancy.between(query.first(), query.last(), admission.rules());
        FloorPlan plan = query.area() == null ? taken.plan() : taken.plan().inArea(query.area());
        List<OfferedDay> days = query.first()
                .datesUntil(query.last().plusDays(1))
                .map(date -> OfferedDay.of(
                        date,
                        FreeSlots.on(plan, date, query.guests(), taken.now(), taken.ledger()),
                        query.time(),
                        plan))
                .toList();
        return Answer.of(query.range() ? AvailabilityOfDays.of(days, plan) : Availability.of(days.getFirst(), plan));
    }
}
