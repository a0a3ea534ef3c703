package io.headwaiter.gateway.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwaiter.gateway.GatewayProperties;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SealSecretsTest {

    private static final byte[] SECRET = "what signs is 32 bytes at random".getBytes(StandardCharsets.UTF_8);

    private final SealSecrets secrets = withTokenSecret("a secret that all gateways share");

    private static SealSecrets withTokenSecret(String shared) {
        String text = Base64.getEncoder().encodeToString(shared.getBytes(StandardCharsets.UTF_8));
        return new SealSecrets(
                new Binder(new MapConfigurationPropertySource(Map.of("headwaiter.gateway.token-secret", text)))
                        .bindOrCreate("headwaiter.gateway", GatewayProperties.class));
    }

    @Test
    void every_gateway_with_the_same_token_secret_unseals_it() {
        byte[] sealed = secrets.seal(SECRET);

        assertThat(withTokenSecret("a secret that all gateways share").unseal(sealed))
                .isEqualTo(SECRET);
    }

    @Test
    void nothing_of_the_secret_shows() {
        byte[] sealed = secrets.seal(SECRET);

        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("random", "what signs");
        assertThat(secrets.seal(SECRET)).isNotEqualTo(sealed);
    }

    @Test
    void another_token_secret_opens_nothing() {
        byte[] sealed = secrets.seal(SECRET);

        assertThatThrownBy(() ->
                        withTokenSecret("a secret that nobody shares here").unseal(sealed))
                .isInstanceOf(IllegalStateException.class);
        assertThat(withTokenSecret("a secret that nobody shares here").unsealIfOurs(sealed))
                .isEmpty();
        assertThat(secrets.unsealIfOurs(sealed)).contains(SECRET);
    }

    @Test
    void one_changed_bit_anywhere_is_noticed() {
        byte[] sealed = secrets.seal(SECRET);

        for (int at = 0; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> secrets.unseal(changed))
                    .as("byte %d", at)
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
