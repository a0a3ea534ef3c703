package io.headwaiter.gateway;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Base64;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What can be set about a gateway.
 *
 * @param tokenSecret base64 of 32 bytes or more that all gateways share and nobody else knows; request tokens are sealed with it
 * @param directoryRefresh how long keys, restaurants and rules rest between two readings: a change is known here within this
 *     time and that of one reading
 * @param directoryMaxAge how old keys and rules may grow while the database is away, before nobody is let in any more
 * @param directoryPage restaurants whose rules are read by one query at the most
 * @param waitByDefault how long a booking waits for its outcome when its caller does not say
 * @param waitAtMost the longest wait a caller can ask for
 * @param waitingLimit callers who wait at once; one more is told to come back for the outcome
 * @param inFlightLimit requests on their way to the broker at once; one more is turned away
 * @param publishTimeout how long the broker may take to acknowledge a request before its outcome is called unknown
 * @param publishBlock how long a request waits for a broker to be found, or for room in the buffer
 * @param publishBuffer memory for requests on their way to the broker
 * @param tailPause how long the tail of events rests after it broke; it doubles up to 16 times that
 * @param brokerSilence how long the broker may be silent before this gateway is not ready
 * @param partitionsCheck how long to rest between two looks at the number of partitions of the requests' topic
 * @param bodyLimit the largest body of a request
 * @param documentLimit the largest body that describes a restaurant whole
 * @param bodyTimeout how long a caller may take to send a body
 * @param rateLimit requests a second that one key may send in the long run, to this gateway
 * @param rateBurst requests that one key may send at once, after a pause
 * @param deliverWebhooks whether this gateway delivers webhooks; of several, some may be kept from the way outside
 * @param webhookTimeout how long an attempt to deliver a webhook may take, from looking up the host to the end of the answer
 * @param webhookConnections connections to the database for all that has to do with delivering webhooks
 * @param webhooksLocal for development: webhooks may go to this machine and the networks behind it, and without encryption
 * @param streams the live streams of events
 */
@Validated
@ConfigurationProperties("headwaiter.gateway")
public record GatewayProperties(
        @DefaultValue("") String tokenSecret,
        @DefaultValue("4s") @DurationMin(millis = 10) Duration directoryRefresh,
        @DefaultValue("10m") Duration directoryMaxAge,
        @DefaultValue("200") @Min(1) @Max(10_000) int directoryPage,
        @DefaultValue("5s") Duration waitByDefault,
        @DefaultValue("30s") Duration waitAtMost,
        @DefaultValue("2000") @Min(0) int waitingLimit,
        @DefaultValue("2000") @Min(1) int inFlightLimit,
        @DefaultValue("10s") Duration publishTimeout,
        @DefaultValue("3s") Duration publishBlock,
        @DefaultValue("32MB") DataSize publishBuffer,
        @DefaultValue("500ms") @DurationMin(millis = 10) Duration tailPause,
        @DefaultValue("6s") Duration brokerSilence,
        @DefaultValue("5s") @DurationMin(millis = 10) Duration partitionsCheck,
        @DefaultValue("16KB") DataSize bodyLimit,
        @DefaultValue("256KB") DataSize documentLimit,
        @DefaultValue("10s") Duration bodyTimeout,
        @DefaultValue("1000") @Min(1) @Max(1_000_000) int rateLimit,
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int rateBurst,
        @DefaultValue("true") boolean deliverWebhooks,
        @DefaultValue("15s") @DurationMin(millis = 10) Duration webhookTimeout,
        @DefaultValue("8") @Min(2) @Max(100) int webhookConnections,
        @DefaultValue("false") boolean webhooksLocal,
        @DefaultValue @Valid Streams streams) {

    private static final int SECRET_BYTES = 32;

    /**
     * Live streams of events.
     *
     * @param limit open at once
     * @param perKey open at once with one key
     * @param heartbeat how often a stream shows that it is alive, and whether its key still holds is looked at
     * @param lifetime how long a stream lasts at the most; its client then opens the next one, maybe on another gateway
     * @param backlog events that one stream may be behind the tail; one more, and it is closed
     * @param buffer memory for all events that streams are behind the tail; when it is full, who is behind is closed
     * @param resuming streams that read what they missed at once; the others wait their turn
     */
    public record Streams(
            @DefaultValue("2000") @Min(0) int limit,
            @DefaultValue("200") @Min(1) int perKey,
            @DefaultValue("15s") @DurationMin(millis = 10) Duration heartbeat,
            @DefaultValue("1h") @DurationMin(millis = 10) Duration lifetime,
            @DefaultValue("1000") @Min(1) int backlog,
            @DefaultValue("32MB") DataSize buffer,
            @DefaultValue("4") @Min(1) @Max(100) int resuming) {}

    @AssertTrue(
            message =
                    "HEADWAITER_TOKEN_SECRET must be set, to base64 of 32 random bytes or more, the same on every gateway; "
                            + "`openssl rand -base64 32` makes one")
    boolean isTokenSecretUsable() {
        try {
            return Base64.getDecoder().decode(tokenSecret).length >= SECRET_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** The secret is for nobody's log. */
    @Override
    public String toString() {
        return "GatewayProperties";
    }
}
