package io.headwaiter.gateway.availability;

import io.headwaiter.gateway.Answer;
import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.availability.ReadOccupancy.Taken;
import io.headwaiter.rules.FloorPlan;
import io.headwaiter.rules.FreeSlots;
import jakarta.servlet.http.HttpServletRequest;
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
    Answer<Availability> show(Admission admission, HttpServletRequest request) {
        AvailabilityQuery query = AvailabilityQuery.of(request);
        FloorPlan plan = admission.plan();
        Taken taken = occupancy.on(query.date(), plan);
        return Answer.of(Availability.of(
                plan, FreeSlots.on(plan, query.date(), query.guests(), taken.now(), taken.ledger()), query));
    }
}
