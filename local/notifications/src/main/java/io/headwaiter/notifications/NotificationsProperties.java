package io.headwaiter.notifications;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What can be set about this program, besides Spring's {@code spring.kafka}, {@code spring.mail} and {@code spring.datasource}.
 *
 * @param gateway where the gateway is
 * @param key an API key with the scope {@code clients}; those are mailed about whose restaurants it reaches
 * @param from the address that mails come from: one for which the mail server may send
 * @param language of the restaurants for which none is set: {@code en} or {@code es}
 * @param restaurants by id, what Headwaiter itself has no use for and so does not know
 * @param retryFrom the first pause after the gateway or the mail server was away; it doubles up to {@code retryUpTo}
 * @param retryUpTo the longest pause between two tries
 * @param tries how often a mail is tried again that the server refuses for now, though it takes others
 */
@Validated
@ConfigurationProperties("headwaiter.notifications")
record NotificationsProperties(
        @DefaultValue("http://localhost:8080") URI gateway,
        @NotBlank(message = "HEADWAITER_API_KEY must be set, to a key with the scope clients") String key,
        @NotBlank(message = "HEADWAITER_MAIL_FROM must be set, to the address that mails come from") @Email String from,
        @DefaultValue("en") Locale language,
        @DefaultValue Map<Long, House> restaurants,
        @DefaultValue("1s") Duration retryFrom,
        @DefaultValue("30s") Duration retryUpTo,
        @DefaultValue("5") @Min(1) int tries) {

    /**
     * A restaurant.
     *
     * @param email where it reads what is booked, and where guests' answers go; without one it gets no mails
     */
    record House(@Nullable String email, @Nullable Locale language) {}

    private static final House UNKNOWN = new House(null, null);

    House house(long restaurantId) {
        return restaurants.getOrDefault(restaurantId, UNKNOWN);
    }

    Locale languageOf(long restaurantId) {
        Locale own = house(restaurantId).language();
        return own == null ? language : own;
    }

    /** The key is for nobody's log. */
    @Override
    public String toString() {
        return "NotificationsProperties";
    }
}
