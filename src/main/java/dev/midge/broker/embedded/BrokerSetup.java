package dev.midge.broker.embedded;

import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.config.Limits;
import dev.midge.fault.Fault;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSide;
import dev.midge.fault.FaultSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The settings of a broker in a test, to be given before it starts.
 *
 * @param <B> the broker itself, so that calls can be chained
 */
abstract class BrokerSetup<B extends BrokerSetup<B>> {
  int wantedPort; // 0 for a free one
  boolean tls;
  boolean webSocket;
  boolean requireCertificate;
  boolean anonymous = true;
  boolean drivenTime;
  boolean persistent;
  boolean started;
  Limits limits = Limits.DEFAULT;
  BrokerSettings settings = BrokerSettings.DEFAULT;
  final Map<String, String> users = new LinkedHashMap<>();
  final List<String> accessRules = new ArrayList<>();
  final List<Fault> faults = new ArrayList<>();

  BrokerSetup() {}

  /** Returns this broker, as what it was made as. */
  protected abstract B self();

  /**
   * Has the broker listen on a port of its own choice in place of a free one.
   *
   * <pre>{@code MidgeBroker.create().port(1883)}</pre>
   *
   * @param number 1 to 65535; 0 for a free one
   */
  public B port(int number) {
    if (number < 0 || number > 65535) {
      throw new IllegalArgumentException("port " + number + " is not within 0 to 65535");
    }
    checkNotStarted();
    wantedPort = number;
    return self();
  }

  /**
   * Has the broker speak TLS, with a certificate for {@code localhost} of an authority that is made
   * for this broker. {@code sslContext()} is for its clients.
   *
   * <pre>{@code MidgeBroker.create().tls()}</pre>
   */
  public B tls() {
    checkNotStarted();
    tls = true;
    return self();
  }

  /**
   * Has the broker speak TLS, and ask each client for a certificate; {@code sslContext("dev-1")}
   * makes one.
   *
   * <pre>{@code MidgeBroker.create().tlsWithClientCertificates()}</pre>
   */
  public B tlsWithClientCertificates() {
    checkNotStarted();
    tls = true;
    requireCertificate = true;
    return self();
  }

  /**
   * Has the broker speak MQTT in WebSocket.
   *
   * <pre>{@code MidgeBroker.create().webSocket()}</pre>
   */
  public B webSocket() {
    checkNotStarted();
    webSocket = true;
    return self();
  }

  /**
   * Adds a user. From the first on, clients without a user name are refused, unless {@link
   * #anonymousToo} says otherwise.
   *
   * <pre>{@code MidgeBroker.create().user("dev-1", "secret")}</pre>
   */
  public B user(String name, String password) {
    checkNotStarted();
    if (users.isEmpty()) {
      anonymous = false;
    }
    users.put(Objects.requireNonNull(name), Objects.requireNonNull(password));
    return self();
  }

  /**
   * Lets clients without a user name in, besides the users.
   *
   * <pre>{@code MidgeBroker.create().user("dev-1", "secret").anonymousToo()}</pre>
   */
  public B anonymousToo() {
    checkNotStarted();
    anonymous = true;
    return self();
  }

  /**
   * Adds lines of an access file of mosquitto's. What no line allows is denied then.
   *
   * <pre>{@code MidgeBroker.create().access("pattern readwrite devices/%c/#", "topic read news/#")}
   * </pre>
   */
  public B access(String... lines) {
    checkNotStarted();
    accessRules.addAll(List.of(lines));
    return self();
  }

  /**
   * Adds a fault that happens to connections, in the words of {@code midge broker --fault}.
   *
   * <pre>{@code MidgeBroker.create().fault("reset@publish-in:2 client=dev-*")}</pre>
   *
   * @throws IllegalArgumentException when there is no such fault; the message says what is wrong
   */
  public B fault(String words) {
    try {
      Fault fault = FaultParser.parse(words, FaultSide.BROKER);
      if (started) {
        plan(fault);
      } else {
        faults.add(fault);
      }
    } catch (FaultSyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return self();
  }

  /** Adds a fault to a broker that runs. */
  abstract void plan(Fault fault);

  /**
   * Sets the limits of what clients may do.
   *
   * <pre>{@code MidgeBroker.create().limits(Limits.builder().maxQos(Qos.AT_LEAST_ONCE).build())}
   * </pre>
   */
  public B limits(Limits others) {
    checkNotStarted();
    limits = others;
    return self();
  }

  /**
   * Sets what concerns the whole broker.
   *
   * <pre>{@code MidgeBroker.create().settings(BrokerSettings.DEFAULT.withSysInterval(1))}</pre>
   */
  public B settings(BrokerSettings others) {
    checkNotStarted();
    settings = others;
    return self();
  }

  /**
   * Has sessions and retained messages outlive {@code restart()}.
   *
   * <pre>{@code MidgeBroker.create().persistent()}</pre>
   */
  public B persistent() {
    checkNotStarted();
    persistent = true;
    return self();
  }

  /**
   * Has the time of MQTT's rules stand still until {@code advance()}: keep alive, the delays of
   * wills, the expiry of sessions and messages.
   *
   * <pre>{@code MidgeBroker.create().drivenTime()}</pre>
   */
  public B drivenTime() {
    checkNotStarted();
    drivenTime = true;
    return self();
  }

  final void checkNotStarted() {
    if (started) {
      throw new IllegalStateException("the broker has started already");
    }
  }
}
