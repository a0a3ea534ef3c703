package io.headwaiter.gateway.deliveries;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.gateway.deliveries.Answer.Response;
import io.headwaiter.gateway.deliveries.Answer.Silence;
import io.headwaiter.gateway.webhooks.SealSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * One attempt: a signed POST as Standard Webhooks has it, and the beginning of what comes back. Whatever the other side does, it
 * ends in time.
 */
@Component
class SendWebhook {

    /** Of the response, in bytes: as much as is kept. */
    static final int READ = 2 * 1024;

    private final CloseableHttpClient client;
    private final SealSecrets secrets;
    private final Duration timeout;

    SendWebhook(CloseableHttpClient client, SealSecrets secrets, GatewayProperties properties) {
        this.client = client;
        this.secrets = secrets;
        this.timeout = properties.webhookTimeout();
    }

    Answer send(Due due) throws InterruptedException {
        // One that was sealed under a token secret before this one is as good as lost.
        List<byte[]> keys = due.sealedSecrets().stream()
                .map(secrets::unsealIfOurs)
                .flatMap(Optional::stream)
                .toList();
        if (keys.isEmpty()) {
            return new Silence("its secret cannot be read any more: rotate it");
        }
        HttpPost request = request(due, keys);
        // A thread of its own: it can be left behind when the time is up, wherever it is.
        FutureTask<Answer> exchange = new FutureTask<>(() -> exchange(request, due.now()));
        Thread.ofVirtual().name("webhook").start(exchange);
        try {
            return exchange.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return new Silence("no answer within " + timeout.toSeconds() + " s");
        } catch (ExecutionException failure) {
            return new Silence(WhyNot.of(failure.getCause()));
        } finally {
            exchange.cancel(true);
            request.cancel();
        }
    }

    private static HttpPost request(Due due, List<byte[]> keys) {
        HttpPost request = new HttpPost(due.url());
        String timestamp = Long.toString(due.now().getEpochSecond());
        request.setHeader("Connection", "close");
        request.setHeader("webhook-id", due.eventId());
        request.setHeader("webhook-timestamp", timestamp);
        request.setHeader("webhook-signature", signatures(due, keys));
        request.setEntity(new ByteArrayEntity(due.body(), ContentType.APPLICATION_JSON));
        return request;
    }

    private static String signatures(Due due, List<byte[]> keys) {
        String body = new String(due.body(), StandardCharsets.UTF_8);
        return keys.stream().map(key -> sign(key, due, body)).collect(Collectors.joining(" "));
    }

    private static String sign(byte[] secret, Due due, String body) {
        try {
            return new Webhook(secret).sign(due.eventId(), due.now().getEpochSecond(), body);
        } catch (EmptyWebhookSecretException | WebhookSigningException impossible) {
            throw new IllegalStateException("an endpoint's secret does not sign", impossible);
        }
    }

    private Answer exchange(HttpPost request, Instant now) throws IOException {
        ClassicHttpResponse response = client.executeOpen(null, request, null);
        try {
            HttpEntity entity = response.getEntity();
            byte[] beginning = entity == null || entity.getContent() == null
                    ? new byte[0]
                    : entity.getContent().readNBytes(READ);
            if (beginning.length == READ) {
                // To close it would be to read the rest, and there may be no end of it.
                request.cancel();
            }
            return new Response(
                    response.getCode(),
                    text(beginning),
                    RetryAfter.of(value(response.getFirstHeader("Retry-After")), now));
        } finally {
            // Of one that was cut off, that it was.
            Closer.closeQuietly(response);
        }
    }

    private static @Nullable String value(@Nullable Header header) {
        return header == null ? null : header.getValue();
    }

    /** As the database takes it. What was cut in the middle of a character is no loss. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replace("\0", "");
    }
}
