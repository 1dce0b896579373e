package dev.midge.broker.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.ListenerSpec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listeners that the keys of security count for. */
class SecurityScopesTest {
  @TempDir Path folder;

  private List<Boolean> anonymous(String... lines) throws Exception {
    return Written.lines(folder, lines).read().listeners().stream()
        .map(each -> each.security().allowAnonymous())
        .toList();
  }

  @Test
  void theyCountForAllListenersWhereverTheyStand() throws Exception {
    assertThat(anonymous("listener 1", "allow_anonymous true", "listener 2"))
        .containsExactly(true, true);
    assertThat(anonymous("listener 1", "listener 2")).containsExactly(false, false);
  }

  @Test
  void aListenerMaySayOtherwise() throws Exception {
    assertThat(
            anonymous(
                "allow_anonymous true",
                "listener 1",
                "listener_allow_anonymous false",
                "listener 2"))
        .containsExactly(false, true);
    assertThat(anonymous("listener 1", "listener_allow_anonymous true", "listener 2"))
        .containsExactly(true, false);
  }

  @Test
  void eachListenerMayHaveItsOwn() throws Exception {
    assertThat(
            anonymous(
                "per_listener_settings true",
                "per_listener_settings false", // stays true
                "listener 1",
                "allow_anonymous true",
                "listener 2",
                "listener 3",
                "allow_anonymous false",
                "listener_allow_anonymous true"))
        .containsExactly(true, false, true);

    List<ListenerSpec> both =
        Written.lines(
                folder,
                "per_listener_settings true",
                "listener 1",
                "auto_id_prefix one-",
                "listener 2",
                "auto_id_prefix two-",
                "allow_zero_length_clientid false")
            .read()
            .listeners();
    assertThat(both)
        .extracting(each -> each.limits().autoIdPrefix())
        .containsExactly("one-", "two-");
    assertThat(both)
        .extracting(each -> each.limits().allowZeroLengthClientId())
        .containsExactly(true, false);
  }

  @Test
  void filesOfAllListenersAreTheSame() throws Exception {
    Written config = Written.lines(folder, "password_file a b.pw", "acl_file x.acl", "listener 1");
    config.read();

    assertThat(config.passwordFiles).containsOnly(Path.of("a b.pw"));
    assertThat(config.accessFiles).containsOnly(Path.of("x.acl"));
  }

  @Test
  void eachListenerMayHaveItsOwnFiles() throws Exception {
    Written config =
        Written.lines(
            folder,
            "per_listener_settings true",
            "listener 1",
            "password_file one.pw",
            "listener 2",
            "acl_file two.acl");
    config.read();

    assertThat(config.passwordFiles).containsExactly(Path.of("one.pw"));
    assertThat(config.accessFiles).containsExactly(Path.of("two.acl"));
  }

  @Test
  void pluginsAreOtherWordsForTheSameFiles() throws Exception {
    Written config =
        Written.lines(
            folder,
            "per_listener_settings true",
            "global_plugin /usr/lib/x86_64-linux-gnu/mosquitto_password_file.so",
            "plugin_opt_password_file all.pw",
            "listener 1",
            "plugin mosquitto_acl_file.so",
            "plugin_opt_acl_file one.acl",
            "listener 2",
            "password_file two.pw");
    config.read();

    assertThat(config.passwordFiles).contains(Path.of("all.pw"), Path.of("two.pw"));
    assertThat(config.accessFiles).containsOnly(Path.of("one.acl"));
  }

  @Test
  void localOnlyModeHasPasswordsToo() throws Exception {
    Written config =
        Written.lines(
            folder,
            "password_file a.pw",
            "plugin mosquitto_acl_file.so",
            "plugin_opt_acl_file a.acl");
    config.read();

    assertThat(config.passwordFiles).containsOnly(Path.of("a.pw"));
    assertThat(config.accessFiles).containsOnly(Path.of("a.acl"));
  }
}
