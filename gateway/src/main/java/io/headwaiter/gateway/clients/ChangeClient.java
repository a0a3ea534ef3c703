package io.headwaiter.gateway.clients;

import io.headwaiter.gateway.input.IfMatch;
import io.headwaiter.gateway.tenancy.OneRestaurant;
import io.headwaiter.gateway.tenancy.ViolatedConstraint;
import io.headwaiter.schemas.GuestDetails;
import java.util.function.UnaryOperator;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** Gives a client other details. */
@Component
class ChangeClient {

    private final OneRestaurant restaurants;

    ChangeClient(OneRestaurant restaurants) {
        this.restaurants = restaurants;
    }

    /**
     * The client as it is afterwards. Details that are the same already are no change, and no new version.
     *
     * @param change what is to become of the details that there are
     * @throws RuntimeException 404, 409 or 412
     */
    Client change(long restaurantId, long id, IfMatch ifMatch, UnaryOperator<GuestDetails> change) {
        try {
            return restaurants.write(restaurantId, jdbc -> {
                LockedClient client = LockedClient.lock(jdbc, restaurantId, id);
                if (client.now().anonymizedAt() != null) {
                    throw ClientProblems.anonymized().asException();
                }
                ifMatch.check(client.now().version());
                GuestDetails before = client.now().details();
                GuestDetails after = change.apply(before);
                return after.equals(before) ? client.now() : client.update(after);
            });
        } catch (DataIntegrityViolationException violation) {
            if (ViolatedConstraint.of(violation).equals(ClientProblems.EMAIL_TAKEN)) {
                throw ClientProblems.emailTaken().asException();
            }
            throw violation;
        }
    }
}
