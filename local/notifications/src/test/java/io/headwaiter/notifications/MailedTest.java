package io.headwaiter.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwaiter.local.services.Services;
import io.headwaiter.notifications.Mail.Recipient;
import io.headwaiter.schemas.ReservationEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The notes, in each kind of database that they may be kept in. */
@ParameterizedClass
@EnumSource
class MailedTest {

    enum Kept {
        IN_A_FILE,
        IN_POSTGRESQL;

        private final DataSource database = database();

        private DataSource database() {
            if (name().equals("IN_A_FILE")) {
                return new DriverManagerDataSource("jdbc:h2:mem:mailed;DB_CLOSE_DELAY=-1");
            }
            Services services = Services.shared();
            return new DriverManagerDataSource(
                    services.jdbcUrl(services.createDatabase()), services.superuser(), services.superuserPassword());
        }
    }

    private static final Events.Booking BOOKING = new Events.Booking(815, 1, null);

    private final Kept kept;
    private final List<String> sent = new ArrayList<>();

    MailedTest(Kept kept) {
        this.kept = kept;
    }

    @Test
    void each_version_is_sent_once_and_none_after_a_later_one() {
        Mailed mailed = open();

        send(mailed, 1, Recipient.GUEST);
        send(mailed, 1, Recipient.GUEST);
        send(mailed, 1, Recipient.HOUSE);
        send(mailed, 3, Recipient.GUEST);
        send(open(), 2, Recipient.GUEST);
        send(open(), 3, Recipient.GUEST);
        assertThatThrownBy(() -> mailed.once(version(4), Recipient.GUEST, () -> {
                    throw new Away("away");
                }))
                .hasMessage("away");
        send(mailed, 4, Recipient.GUEST);
        mailed.forget();
        send(mailed, 4, Recipient.GUEST);

        assertThat(sent).containsExactly("GUEST 1", "HOUSE 1", "GUEST 3", "GUEST 4");
    }

    @Test
    void it_begins_an_hour_before_its_first_start() {
        Instant since = open().since();

        assertThat(since)
                .isBetween(
                        Instant.now().minus(Duration.ofMinutes(61)),
                        Instant.now().minus(Duration.ofMinutes(59)));
        assertThat(open().since()).isEqualTo(since);
    }

    private Mailed open() {
        new ResourceDatabasePopulator(new ClassPathResource("mailed.sql")).execute(kept.database);
        return new Mailed(
                JdbcClient.create(kept.database), new TransactionTemplate(new JdbcTransactionManager(kept.database)));
    }

    private void send(Mailed mailed, int version, Recipient recipient) {
        mailed.once(version(version), recipient, () -> sent.add(recipient + " " + version));
    }

    private static ReservationEvent version(int version) {
        return (ReservationEvent) BOOKING.moved(version);
    }
}
