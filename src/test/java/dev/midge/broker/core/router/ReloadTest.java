package dev.midge.broker.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.access.Passwords;
import dev.midge.broker.access.Security;
import dev.midge.broker.config.ListenerRules.Identity;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.core.router.Rig.ConnectOptions;
import dev.midge.broker.core.router.Rig.TestClient;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.testing.Certificates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that are read again while clients are connected. */
class ReloadTest {
  private final ListenerSettings listener = Secured.withPasswords();
  private final Rig rig = new Rig(listener);

  private TestClient as(String user, String password) {
    return rig.connect(ConnectOptions.of(user + "-id").user(user, password));
  }

  private void reload(Security security) {
    Secured.replace(listener, security);
    rig.router.reload(rig.time.now());
  }

  @Test
  void whoseUserIsGoneIsDisconnected() {
    TestClient alice = as("alice", "a-word");
    TestClient bob = as("bob", "b-word");
    reload(new Security(false, Passwords.of(Map.of("bob", "b-word")), null));

    assertThat(alice.disconnectReason()).isEqualTo(ReasonCode.ADMINISTRATIVE_ACTION);
    assertThat(bob.peer.isClosed()).isFalse();
    assertThat(rig.events).containsExactly("alice-id ended: administrative action");
  }

  @Test
  void whosePasswordHasChangedIsDisconnected() {
    TestClient alice = as("alice", "a-word");
    reload(new Security(false, Passwords.of(Map.of("alice", "another")), null));

    assertThat(alice.disconnectReason()).isEqualTo(ReasonCode.ADMINISTRATIVE_ACTION);
  }

  @Test
  void passwordsThatHaveNotChangedAreNotHashedAgain() {
    TestClient alice = as("alice", "a-word");
    rig.sideWork.hold();
    reload(new Security(false, Secured.PASSWORDS, Secured.rules()));
    assertThat(rig.sideWork.waiting()).isZero();

    reload(new Security(false, Passwords.of(Map.of("alice", "a-word")), null));
    assertThat(rig.sideWork.waiting()).as("another salt").isEqualTo(1);
    rig.sideWork.release();
    assertThat(alice.peer.isClosed()).isFalse();
  }

  @Test
  void anonymousClientsGoWhenTheyAreNotAllowedAnyMore() {
    reload(Security.OPEN);
    TestClient v5 = rig.connect("v5");
    TestClient v3 = rig.connect(ConnectOptions.of("v3").version(ProtocolVersion.V3_1_1));
    TestClient named = as("alice", "whatever");
    reload(new Security(false, Secured.PASSWORDS, null));

    assertThat(v5.disconnectReason()).isEqualTo(ReasonCode.ADMINISTRATIVE_ACTION);
    assertThat(v3.peer.isClosed()).isTrue();
    assertThat(v3.peer.all()).isEmpty();
    assertThat(named.disconnectReason()).isEqualTo(ReasonCode.ADMINISTRATIVE_ACTION);
  }

  @Test
  void whoGoesLeavesHisWillUnderTheNewRules() {
    TestClient bob = as("bob", "b-word");
    bob.subscribe("#", Qos.AT_MOST_ONCE);
    rig.connect(ConnectOptions.of("1").user("alice", "a-word").will("may", 0));
    rig.connect(ConnectOptions.of("2").user("alice", "a-word").will("may/not", 0));
    reload(
        new Security(
            false,
            Passwords.of(Map.of("bob", "b-word")),
            Secured.rules("user alice", "topic may", "user bob", "topic #")));

    assertThat(bob.received()).containsExactly("may gone");
  }

  @Test
  void aClientThatEndsWhileItIsCheckedAgainIsGone() {
    TestClient alice = as("alice", "a-word");
    rig.sideWork.hold();
    reload(new Security(false, Passwords.of(Map.of("alice", "other")), null));
    alice.drop();
    rig.sideWork.release();

    assertThat(alice.peer.all()).isEmpty();
    assertThat(rig.events).containsExactly("alice-id ended: connection closed by client");
  }

  @Test
  void queuedMessagesThatNobodyMayReadAnyMoreAreDropped() {
    TestClient bob = as("bob", "b-word");
    rig.connect(ConnectOptions.of("c").user("alice", "a-word").expiry(60))
        .subscribe("#", Qos.AT_LEAST_ONCE);
    rig.connect(ConnectOptions.of("c").user("alice", "a-word").resume().expiry(60)).drop();
    bob.publish("a", "1", Qos.AT_LEAST_ONCE);
    bob.publish("b", "2", Qos.AT_LEAST_ONCE);
    bob.publish("a", "3", Qos.AT_LEAST_ONCE);
    assertThat(queued("c")).isEqualTo(3);

    Security none = new Security(false, Secured.PASSWORDS, Secured.rules("user alice", "topic b"));
    reload(none);
    assertThat(queued("c")).isEqualTo(1);
    reload(new Security(false, Secured.PASSWORDS, null));
    TestClient back =
        rig.connect(ConnectOptions.of("c").user("alice", "a-word").resume().expiry(60));
    assertThat(back.received()).containsExactly("b 2");
  }

  @Test
  void queuedSharedMessagesGoToMembersWhoMayReadThem() {
    TestClient bob = as("bob", "b-word");
    rig.connect(ConnectOptions.of("c").user("alice", "a-word").expiry(60))
        .subscribe("$share/g/#", Qos.AT_LEAST_ONCE);
    rig.connect(ConnectOptions.of("c").user("alice", "a-word").resume().expiry(60)).drop();
    bob.publish("a", "1", Qos.AT_LEAST_ONCE);
    bob.subscribe("$share/g/#", Qos.AT_LEAST_ONCE);
    reload(new Security(false, Secured.PASSWORDS, Secured.rules("user bob", "topic a")));

    assertThat(bob.received()).containsExactly("a 1");
    assertThat(queued("c")).isZero();
  }

  @Test
  void newRulesHoldAtOnceForConnectionsThatAreOpen() {
    TestClient bob = as("bob", "b-word");
    TestClient alice = as("alice", "a-word");
    alice.subscribe("#", Qos.AT_MOST_ONCE);
    reload(new Security(false, Secured.PASSWORDS, Secured.rules("pattern %u/#")));
    bob.publish("alice/x", "1", Qos.AT_MOST_ONCE);
    bob.publish("bob/x", "2", Qos.AT_MOST_ONCE);
    alice.publish("alice/x", "3", Qos.AT_MOST_ONCE);

    assertThat(alice.received()).containsExactly("alice/x 3");
  }

  @Test
  void whoCameByACertificateStaysWhileItIsGood(@TempDir Path folder) throws Exception {
    ListenerSettings tls = Secured.listener(Secured.rules(false, Identity.COMMON_NAME));
    Secured.replace(tls, new Security(false, Secured.PASSWORDS, null));
    new Certificates(folder);
    TestClient good = rig.open(tls);
    good.peer.certificate(certificate(folder.resolve("ca.crt")));
    TestClient revoked = rig.open(tls);
    revoked.peer.certificate(certificate(folder.resolve("ca.crt")));
    good.send(ConnectOptions.of("good").user("alice", "wrong").packet());
    revoked.send(ConnectOptions.of("revoked").packet());
    revoked.peer.revokeCertificate();
    Secured.replace(tls, new Security(false, Passwords.of(Map.of()), null));
    rig.router.reload(rig.time.now());

    assertThat(good.peer.isClosed()).isFalse();
    assertThat(revoked.disconnectReason()).isEqualTo(ReasonCode.ADMINISTRATIVE_ACTION);
    assertThat(rig.router.session("good", rig.time.now()).connection().username()).isEqualTo("ca");
  }

  @Test
  void withoutACertificateNobodyComesInWhereItIsTheName() {
    ListenerSettings tls = Secured.listener(Secured.rules(false, Identity.SUBJECT));
    for (ProtocolVersion version : ProtocolVersion.values()) {
      ConnectOptions options = ConnectOptions.of("c").version(version).user("alice", "a-word");
      assertThat(rig.connect(options, tls).connack.reasonCode())
          .isEqualTo(version.isV5() ? ReasonCode.BAD_USER_NAME_OR_PASSWORD : 4);
    }
    assertThat(rig.events)
        .isEqualTo(
            List.of(
                "null ended: not authorised",
                "null ended: not authorised",
                "null ended: not authorised"));
  }

  private int queued(String clientId) {
    return rig.router.session(clientId, rig.time.now()).waiting().queued();
  }

  private static X509Certificate certificate(Path file) throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
