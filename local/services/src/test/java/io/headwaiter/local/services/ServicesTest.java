package io.headwaiter.local.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** The services that every module's tests stand on, of whichever kind the build asks for. */
class ServicesTest {

    private final Services services = Services.shared();

    @Test
    void the_broker_keeps_a_record() throws Exception {
        Map<String, Object> configuration = Map.of("bootstrap.servers", services.bootstrapServers(), "acks", "all");
        try (var admin = Admin.create(configuration);
                var producer =
                        new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                    .all()
                    .get();

            var record = new ProducerRecord<byte[], byte[]>("kept", "a booking".getBytes(StandardCharsets.UTF_8));

            assertThat(producer.send(record).get().offset()).isZero();
        }
    }

    @Test
    void a_committed_row_survives_a_power_cut() throws Exception {
        try (var connection = connect("postgres")) {
            assertThat(shown(connection, "fsync")).isEqualTo("on");
            assertThat(shown(connection, "synchronous_commit")).isEqualTo("on");
            assertThat(shown(connection, "full_page_writes")).isEqualTo("on");
        }
    }

    @Test
    void the_database_is_the_version_of_production() throws Exception {
        try (var connection = connect("postgres")) {
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(18);
        }
    }

    @Test
    void every_created_database_is_a_new_one() throws Exception {
        String one = services.createDatabase();
        String another = services.createDatabase();

        assertThat(one).isNotEqualTo(another);
        try (var connection = connect(one)) {
            connection.createStatement().execute("create table only_here ()");
        }
        try (var connection = connect(another)) {
            connection.createStatement().execute("create table only_here ()");
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                services.jdbcUrl(database), services.superuser(), services.superuserPassword());
    }

    private static String shown(Connection connection, String setting) throws SQLException {
        try (var result = connection.createStatement().executeQuery("show " + setting)) {
            result.next();
            return result.getString(1);
        }
    }
}
