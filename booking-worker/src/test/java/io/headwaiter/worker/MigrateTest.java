package io.headwaiter.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.services.LocalApp;
import io.headwaiter.local.services.LocalBroker;
import io.headwaiter.schemas.Sha256;
import io.headwaiter.schemas.Topics;
import io.headwaiter.worker.testing.RunningWorker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MigrateTest {

    private final RunningWorker worker = RunningWorker.shared();

    @Test
    void twice_is_the_same_as_once() {
        List<String> once = everything();

        assertThat(worker.migrate()).isZero();

        assertThat(everything()).isEqualTo(once);
        assertThat(once).hasSizeGreaterThan(150);
    }

    @Test
    void the_admin_key_is_stored_as_its_hash_and_nothing_else() {
        String whole = worker.jdbc()
                .sql(
                        "select string_agg(k::text || p::text, ' ') from api_keys k join partners p on p.id = k.partner_id")
                .query(String.class)
                .single();

        assertThat(whole).doesNotContain(RunningWorker.ADMIN_KEY);
        assertThat(worker.jdbc()
                        .sql(
                                "select array_to_string(scopes, ' ') from api_keys where key_hash = ? and expires_at is null")
                        .param(Sha256.of(RunningWorker.ADMIN_KEY.getBytes(StandardCharsets.UTF_8)))
                        .query(String.class)
                        .single())
                .contains("platform");
    }

    @Test
    void an_admin_key_that_can_be_guessed_is_refused_in_a_sentence(CapturedOutput output) {
        List<String> before = everything();

        assertThat(worker.migrate("--headwaiter.admin-key=twenty-three-characters"))
                .isEqualTo(1);

        assertThat(output)
                .contains("HEADWAITER_ADMIN_KEY must have at least 24 characters that nobody can guess")
                .doesNotContain("twenty-three-characters", "\tat ");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void the_topics_are_kept_for_as_long_as_the_design_says() throws Exception {
        List<ConfigResource> topics = List.of(
                new ConfigResource(ConfigResource.Type.TOPIC, Topics.REQUESTS),
                new ConfigResource(ConfigResource.Type.TOPIC, Topics.EVENTS),
                new ConfigResource(ConfigResource.Type.TOPIC, Topics.DEAD_LETTERS));
        try (Admin admin = worker.admin()) {
            Map<ConfigResource, Config> configs =
                    admin.describeConfigs(topics).all().get();
            List<String> kept = topics.stream()
                    .map(topic -> Objects.requireNonNull(configs.get(topic))
                            .get("retention.ms")
                            .value())
                    .toList();
            assertThat(kept)
                    .containsExactly(
                            Long.toString(Duration.ofDays(7).toMillis()),
                            Long.toString(Duration.ofDays(30).toMillis()),
                            Long.toString(Duration.ofDays(30).toMillis()));
            assertThat(admin.describeTopics(List.of(Topics.REQUESTS))
                            .allTopicNames()
                            .get()
                            .values())
                    .allMatch(topic -> topic.partitions().size() == 12);
        }
    }

    @Test
    void a_topic_with_another_number_of_partitions_is_refused_in_a_sentence(
            @TempDir Path directory, CapturedOutput output) throws Exception {
        LocalBroker broker =
                LocalBroker.start(new LocalBroker.Settings(directory.resolve("broker"), freePort(), "256m", true));
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(Topics.REQUESTS, 3, (short) 1)))
                    .all()
                    .get();

            assertThat(worker.migrate("--spring.kafka.bootstrap-servers=" + broker.bootstrapServers()))
                    .isEqualTo(1);

            assertThat(output)
                    .contains("The topic booking.requests has 3 partitions and must have 12")
                    .doesNotContain("\tat ");
            checkNoWorkerStays(broker, directory.resolve("worker.log"));
        } finally {
            broker.stop(Duration.ofSeconds(10));
        }
    }

    private void checkNoWorkerStays(LocalBroker broker, Path log) throws Exception {
        LocalApp other = LocalApp.launch(new LocalApp.Settings(
                "The worker",
                System.getProperty("java.class.path"),
                WorkerApplication.class.getName(),
                List.of("--server.port=0", "--spring.main.banner-mode=off"),
                "256m",
                Map.of(
                        "HEADWAITER_KAFKA", broker.bootstrapServers(),
                        "HEADWAITER_DATABASE_URL",
                                Objects.requireNonNull(worker.database().getUrl()),
                        "HEADWAITER_DATABASE_PASSWORD", RunningWorker.WORKER_PASSWORD),
                log,
                List.of()));
        try {
            assertThat(other.process().onExit().get(60, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(log).content().contains("The topic booking.requests has 3 partitions and must have 12");
        } finally {
            other.process().kill();
        }
    }

    /** All that migrate makes in the database. */
    private List<String> everything() {
        List<String> all = new ArrayList<>();
        for (String sql : List.of(
                "select table_name || '.' || column_name || ' ' || data_type || coalesce(column_default, '') from information_schema.columns where table_schema = 'public'",
                "select conname || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace",
                "select indexdef from pg_indexes where schemaname = 'public'",
                "select tablename || policyname || roles::text || qual from pg_policies",
                "select relname || relacl::text from pg_class where relnamespace = 'public'::regnamespace and relacl is not null",
                "select proname || prosrc || coalesce(proacl::text, '') from pg_proc where pronamespace = 'public'::regnamespace and proowner = 'headwaiter_floor_plans'::regrole",
                "select tgname || tgrelid::regclass from pg_trigger where not tgisinternal",
                "select rolname || rolcanlogin || coalesce(array_to_string(setconfig, ' '), '') from pg_roles left join pg_db_role_setting on setrole = pg_roles.oid where rolname like 'headwaiter%'",
                "select id || ' ' || partner_id || key_hash::text || scopes::text from api_keys",
                "select id || name from partners",
                "select version || checksum from flyway_schema_history")) {
            all.addAll(worker.jdbc().sql(sql).query((row, number) -> String.valueOf(row.getString(1))).list().stream()
                    .sorted()
                    .toList());
        }
        return all;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
