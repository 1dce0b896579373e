package dev.midge.broker.core.router;

import dev.midge.broker.access.Passwords;
import dev.midge.broker.access.Security;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.core.Peer;
import dev.midge.broker.core.SeldomQueue;
import dev.midge.broker.core.SideWork;
import dev.midge.broker.core.router.ConnectHandler.Introduced;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Packet;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether one connection's client is let in at its listener: at CONNECT, and again when the
 * settings have changed. Hashing a password takes milliseconds, and happens on another thread.
 * Router thread only.
 */
final class Login {
  /** The end of a login: the reason code of a refusal, or the client that is let in. */
  record Result(int refusal, @Nullable Introduced introduced) {}

  /** Is told the end of a login: at once, or later if a password has to be checked. */
  interface Outcome {
    void decided(Result result, long now);
  }

  private final ConnectHandler handler;
  private final SideWork sideWork;
  private final Peer peer;
  private final SeldomQueue<Packet> kept = new SeldomQueue<>();
  private boolean isPending;
  private volatile boolean isOver; // read by the thread that hashes
  private @Nullable Credentials credentials; // null before CONNECT
  private @Nullable Passwords accepted; // in which the password was right

  Login(ConnectHandler handler, SideWork sideWork, Peer peer) {
    this.handler = handler;
    this.sideWork = sideWork;
    this.peer = peer;
  }

  /** Decides about a CONNECT, in the order of mosquitto's checks. */
  void begin(Connect connect, long now, Outcome outcome) {
    int refusal = ConnectRules.refusal(connect, peer.listener());
    if (refusal != 0) {
      outcome.decided(new Result(refusal, null), now);
      return;
    }
    Credentials given = Credentials.of(connect, peer);
    refusal = ConnectRules.refusalOfNames(connect, given, peer.listener().rules());
    if (given == null || refusal != 0) {
      outcome.decided(new Result(refusal, null), now);
      return;
    }
    Introduced introduced = handler.introduce(connect, given, peer.listener());
    credentials = given;
    isPending = true;
    check(
        given,
        now,
        (letIn, then) -> {
          isPending = false;
          int last =
              letIn
                  ? handler.refusal(introduced.connect(), then)
                  : ConnectRules.notAuthorised(connect.version());
          outcome.decided(new Result(last, introduced), then);
        });
  }

  /** Decides again about a client that has sent CONNECT. */
  void recheck(long now, SideWork.Answer answer) {
    if (credentials != null && !isPending) { // which looks at the newest settings in any case
      check(credentials, now, answer);
    }
  }

  private void check(Credentials given, long now, SideWork.Answer answer) {
    ListenerSettings listener = peer.listener();
    Security security = listener.security();
    Passwords passwords = security.passwords();
    String username = given.username();
    byte[] password = given.password();
    if (given.certified()) {
      answer.given(peer.hasGoodCertificate(), now);
    } else if (username == null || passwords == null) {
      answer.given(security.allowAnonymous(), now);
    } else if (password == null) {
      answer.given(false, now);
    } else if (accepted != null && passwords.isSameFor(username, accepted)) {
      accepted = passwords;
      answer.given(true, now);
    } else {
      sideWork.run(
          () -> !isOver && passwords.check(username, password),
          (right, then) -> {
            accepted = right ? passwords : accepted;
            if (listener.security() == security) {
              answer.given(right, then);
            } else {
              check(given, then, answer); // the files were read again meanwhile
            }
          });
    }
  }

  /** Takes note of the end of the connection: no password is hashed for it any more. */
  void end() {
    isOver = true;
  }

  /** Tells whether the client waits for the end of its login. */
  boolean isPending() {
    return isPending;
  }

  /** Keeps a packet that has come before the end. */
  void keep(Packet packet) {
    kept.addLast(packet);
  }

  /** Takes the oldest packet that was kept; null for none. */
  @Nullable Packet nextKept() {
    return kept.pollFirst();
  }
}
