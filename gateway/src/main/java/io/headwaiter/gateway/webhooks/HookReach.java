package io.headwaiter.gateway.webhooks;

import io.headwaiter.gateway.directory.Caller;
import io.headwaiter.gateway.directory.Scope;
import io.headwaiter.gateway.problems.Problems;
import java.util.Optional;

/**
 * Which endpoints a caller may deal with: its partner's.
 *
 * @param everyBooking whether the caller may read every booking of its restaurants, and so may have them sent somewhere. A key
 *     that may not sees that there is an endpoint that hears of them, and no more: else it could have them sent to itself
 */
record HookReach(long partnerId, boolean everyBooking) {

    static HookReach of(Caller caller) {
        return new HookReach(caller.partnerId(), caller.may(Scope.STAFF) || caller.may(Scope.PLATFORM));
    }

    /** An endpoint of the partner, when the caller may deal with it. @throws RuntimeException 403 or 404 */
    Hook admit(Optional<Hook> found) {
        Hook hook = found.orElseThrow(() -> HookProblems.notFound().asException());
        if (hook.everyBooking() && !everyBooking) {
            throw Problems.scopeMissing().asException();
        }
        return hook;
    }
}
