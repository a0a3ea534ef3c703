package io.headwaiter.gateway.setup;

import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.directory.ReadPlans;
import io.headwaiter.gateway.directory.RefreshDirectory;
import io.headwaiter.gateway.directory.VersionedPlan;
import io.headwaiter.gateway.input.IfMatch;
import io.headwaiter.gateway.tenancy.OneRestaurant;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Changes what a restaurant goes by, in one transaction, and says which coming reservations that leaves outside. */
@Component
class ChangeRules {

    private final OneRestaurant restaurants;
    private final ReadPlans plans;
    private final RefreshDirectory directory;

    /** @param version of the plan, afterwards */
    record Changed<T>(T result, long version, NowOutside outside) {}

    ChangeRules(OneRestaurant restaurants, ReadPlans plans, RefreshDirectory directory) {
        this.restaurants = restaurants;
        this.plans = plans;
        this.directory = directory;
    }

    /**
     * @param change ends the request when it cannot be, and then nothing is changed
     * @throws RuntimeException 412, and what {@code change} throws
     */
    <T> Changed<T> change(Admission admission, IfMatch ifMatch, Function<JdbcClient, T> change) {
        Changed<T> changed = restaurants.write(admission.restaurantId(), jdbc -> {
            ifMatch.check(lock(jdbc, admission.restaurantId()));
            T result = change.apply(jdbc);
            VersionedPlan now = plan(admission.restaurantId());
            return new Changed<>(result, now.version(), NowOutside.of(jdbc, now.plan()));
        });
        directory.catchUp();
        return changed;
    }

    /**
     * The version that nobody else changes until this transaction ends. This waits for other changes only, not for bookings: they
     * may go on until there is something to write.
     */
    private static long lock(JdbcClient jdbc, long restaurantId) {
        return jdbc.sql("select plan_version from restaurants where id = :restaurant for no key update")
                .param("restaurant", restaurantId)
                .query(Long.class)
                .optional()
                .orElseThrow(() -> Admission.restaurantNotFound().asException());
    }

    /** As this transaction has made it. One that cannot be read must not come to be. */
    private VersionedPlan plan(long restaurantId) {
        VersionedPlan plan = plans.of(List.of(restaurantId)).get(restaurantId);
        if (plan == null) {
            throw new IllegalStateException("the rules of restaurant " + restaurantId + " could not be read any more");
        }
        return plan;
    }
}
