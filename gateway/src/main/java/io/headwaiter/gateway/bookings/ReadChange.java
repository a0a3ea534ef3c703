package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.directory.Scope;
import io.headwaiter.gateway.input.CheckValues;
import io.headwaiter.gateway.input.IfMatch;
import io.headwaiter.gateway.input.Members;
import io.headwaiter.gateway.input.Query;
import io.headwaiter.gateway.input.ReadDateTime;
import io.headwaiter.gateway.problems.Problems;
import io.headwaiter.schemas.BlockTable;
import io.headwaiter.schemas.CancelBooking;
import io.headwaiter.schemas.ChangeStatus;
import io.headwaiter.schemas.MoveBooking;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what is to be changed about what is booked. */
@Component
class ReadChange {

    private static final Set<String> OF_A_MOVE = Set.of("date", "guests", "table_id", "override");
    private static final int MOST_VERSIONS = 20;

    private final CheckValues check;

    ReadChange(CheckValues check) {
        this.check = check;
    }

    /** What is not given stays as it is; a {@code table_id} of null leaves the table to the house. */
    MoveBooking move(Members body, long reservation, IfMatch ifMatch, Admission admission) {
        body.allowing(OF_A_MOVE);
        boolean anyTable = body.has("table_id") && body.wholeNumber("table_id") == null;
        MoveBooking asked = new MoveBooking(
                admission.restaurantId(),
                admission.caller().partnerId(),
                reservation,
                body.has("date") ? ReadDateTime.from("date", body.requiredText("date")) : null,
                body.has("guests") ? (int) Math.clamp(body.requiredWholeNumber("guests"), -1, 1000) : null,
                body.wholeNumber("table_id"),
                anyTable ? true : null,
                versions(ifMatch),
                isStaff(admission),
                PastTheRules.in(body, admission));
        check.of(asked, Set.of());
        return asked;
    }

    ChangeStatus status(Members body, long reservation, IfMatch ifMatch, Admission admission) {
        body.allowing(Set.of("status"));
        ChangeStatus asked = new ChangeStatus(
                admission.restaurantId(),
                admission.caller().partnerId(),
                reservation,
                body.requiredText("status"),
                versions(ifMatch));
        check.of(asked, Set.of());
        return asked;
    }

    CancelBooking cancel(Query query, long reservation, IfMatch ifMatch, Admission admission) {
        return cancel(query, reservation, null, ifMatch, admission);
    }

    /** Of a request, whose reservation may not be known yet. */
    CancelBooking withdraw(Query query, RequestToken request, IfMatch ifMatch, Admission admission) {
        return cancel(query, null, request, ifMatch, admission);
    }

    private CancelBooking cancel(
            Query query,
            @Nullable Long reservation,
            @Nullable RequestToken request,
            IfMatch ifMatch,
            Admission admission) {
        CancelBooking asked = new CancelBooking(
                admission.restaurantId(),
                admission.caller().partnerId(),
                reservation,
                request == null ? null : request.id().toString(),
                request == null ? null : request.fingerprint().hex(),
                query.text("reason").orElse(null),
                versions(ifMatch),
                isStaff(admission));
        check.of(asked, Set.of());
        return asked;
    }

    BlockTable block(Members body, Admission admission) {
        body.allowing(Set.of("table_id", "from", "to", "note"));
        BlockTable asked = new BlockTable(
                admission.restaurantId(),
                admission.caller().partnerId(),
                body.requiredWholeNumber("table_id"),
                body.has("from") ? ReadDateTime.from("from", body.requiredText("from")) : null,
                body.has("to") ? ReadDateTime.from("to", body.requiredText("to")) : null,
                body.text("note").orElse(null));
        check.of(asked, Set.of());
        return asked;
    }

    private static @Nullable Boolean isStaff(Admission admission) {
        return admission.caller().may(Scope.STAFF) ? true : null;
    }

    private static @Nullable List<Integer> versions(IfMatch ifMatch) {
        if (ifMatch.versions().isEmpty()) {
            return null;
        }
        List<Integer> versions = ifMatch.versions().get().stream()
                .filter(version -> version <= Integer.MAX_VALUE)
                .map(Long::intValue)
                .sorted()
                .toList();
        if (versions.isEmpty()) {
            // None of these was ever a version of anything: no need to ask.
            throw IfMatch.mismatch().asException();
        }
        if (versions.size() > MOST_VERSIONS) {
            throw Problems.badRequest(
                            "if_match_invalid", "If-Match may name " + MOST_VERSIONS + " versions at the most.")
                    .asException();
        }
        return versions;
    }
}
