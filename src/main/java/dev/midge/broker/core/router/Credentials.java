package dev.midge.broker.core.router;

import dev.midge.broker.config.ListenerRules;
import dev.midge.broker.core.Peer;
import dev.midge.mqtt.packet.Connect;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * The user name of a client, and its proof.
 *
 * @param certified whether a certificate is the proof, in place of the password
 */
record Credentials(@Nullable String username, byte @Nullable [] password, boolean certified) {

  /** Returns null if the client must have shown a certificate with a name, and has not. */
  static @Nullable Credentials of(Connect connect, Peer peer) {
    ListenerRules rules = peer.listener().rules();
    if (rules.identity() == ListenerRules.Identity.NONE) {
      return new Credentials(connect.username(), connect.password(), false);
    }
    X509Certificate certificate = peer.certificate();
    String name = certificate == null ? null : CertificateName.of(certificate, rules.identity());
    return name == null ? null : new Credentials(name, null, true);
  }

  /** Returns the user name only: no log can show the password. */
  @Override
  public String toString() {
    return "Credentials[" + username + "]";
  }
}
