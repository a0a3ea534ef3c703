package io.headwaiter.worker.migrating;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * {@code migrate}: run once for each version, as the database's superuser, before the apps. Makes the tables, gives the
 * apps' roles their passwords, makes the topics and the first admin key. Running it again changes nothing that is right.
 */
@SpringBootConfiguration
@EnableConfigurationProperties(MigrateProperties.class)
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    KafkaAutoConfiguration.class
})
@Import({MakeTables.class, MakeRoles.class, MakeTopics.class, MakeAdminKey.class})
public class Migrate {

    private static final Logger log = LoggerFactory.getLogger(Migrate.class);

    /** @return the exit status: 0 when everything is in place */
    public static int run(String... args) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Migrate.class)
                .web(WebApplicationType.NONE)
                .run(args)) {
            context.getBean(MakeAdminKey.class).check();
            context.getBean(MakeTables.class).make();
            context.getBean(MakeRoles.class).make();
            context.getBean(MakeAdminKey.class).make();
            context.getBean(MakeTopics.class).make();
            log.info("Migrated: the database, the roles and the topics are ready for the apps");
            return 0;
        } catch (WrongSetup wrong) {
            log.error(wrong.getMessage());
            return 1;
        } catch (RuntimeException failure) {
            log.error("Not migrated; nothing is lost, and running it again is safe", failure);
            return 1;
        }
    }
}
