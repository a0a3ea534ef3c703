package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.directory.Scope;
import io.headwaiter.gateway.input.Members;
import io.headwaiter.gateway.problems.Problems;
import org.jspecify.annotations.Nullable;

/** The member {@code override}: past the rules that are the house's own, for the house's own people only. */
final class PastTheRules {

    private PastTheRules() {}

    /** @throws RuntimeException 403 {@code scope_missing} */
    static @Nullable Boolean in(Members body, Admission admission) {
        boolean wanted = body.flag("override").orElse(false);
        if (wanted && !admission.caller().may(Scope.STAFF)) {
            throw Problems.scopeMissing().asException();
        }
        return wanted ? true : null;
    }
}
