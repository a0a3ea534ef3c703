package io.headwaiter.notifications;

import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/** The gateway's API, by way of which guests' details are read: events carry none. Each call may throw {@link Away}. */
@Component
class Gateway {

    private static final Set<String> NOT_THERE = Set.of("\"restaurant_not_found\"", "\"client_not_found\"");

    private final RestClient http;

    Gateway(RestClient.Builder http, NotificationsProperties settings) {
        this.http = http.baseUrl(settings.gateway())
                .defaultHeaders(headers -> headers.setBearerAuth(settings.key()))
                .build();
    }

    record Restaurant(String name, ZoneId timeZone) {}

    /** Without an e-mail address once the guest was anonymized. */
    record Client(@Nullable String name, @Nullable String email) {}

    /** Empty when the key does not reach it. */
    Optional<Restaurant> restaurant(long id) {
        return get("/api/restaurants/{id}", id).map(data -> Objects.requireNonNull(data.restaurant()));
    }

    /** Empty when the guest was deleted. */
    Optional<Client> client(long restaurantId, long id) {
        return get("/api/restaurants/{restaurantId}/clients/{id}", restaurantId, id)
                .map(data -> Objects.requireNonNull(data.client()));
    }

    private record Answer(Data data) {}

    private record Data(@Nullable Restaurant restaurant, @Nullable Client client) {}

    private Optional<Data> get(String path, Object... ids) {
        try {
            Answer answer = http.get().uri(path, ids).retrieve().body(Answer.class);
            return Optional.of(Objects.requireNonNull(answer).data());
        } catch (HttpClientErrorException.NotFound notFound) {
            // Any server says 404 to a path that it does not have. Only the gateway knows what is gone for good.
            String problem = notFound.getResponseBodyAsString();
            if (NOT_THERE.stream().anyMatch(problem::contains)) {
                return Optional.empty();
            }
            throw new Away("The gateway's address leads to somebody else, who answers 404");
        } catch (RestClientResponseException refused) {
            throw new Away("The gateway answers " + refused.getStatusCode().value());
        } catch (RestClientException broken) {
            throw new Away("The gateway cannot be reached, or not understood");
        }
    }
}
