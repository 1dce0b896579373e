package dev.midge.testing;

import dev.midge.client.ClientFaults;
import dev.midge.client.ConnectSpec;
import dev.midge.client.EngineKind;
import dev.midge.fault.Effect;
import dev.midge.fault.Fault;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSide;
import dev.midge.fault.FaultSyntaxException;
import dev.midge.fault.Moment;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Will;
import dev.midge.net.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds {@link ConnectSpec}s for tests: as {@code pub} would without options, plus what is named.
 */
public final class Specs {

  private final int port;
  private ProtocolVersion version = ProtocolVersion.V3_1_1;
  private String clientId = "";
  private boolean cleanStart = true;
  private int keepAlive = 60;
  private Will will;
  private Properties properties;
  private int maxInflight = 20;
  private final List<Fault> faults = new ArrayList<>();
  private long seed;
  private Duration comeBack;
  private String username;
  private byte[] password;
  private EngineKind engine;

  private Specs(int port) {
    this.port = port;
  }

  public static Specs to(int port) {
    return new Specs(port);
  }

  public Specs version(ProtocolVersion value) {
    version = value;
    return this;
  }

  public Specs clientId(String value) {
    clientId = value;
    return this;
  }

  public Specs cleanStart(boolean value) {
    cleanStart = value;
    return this;
  }

  public Specs keepAlive(int seconds) {
    keepAlive = seconds;
    return this;
  }

  public Specs will(Will value) {
    will = value;
    return this;
  }

  public Specs credentials(String name, String secret) {
    username = name;
    password = secret.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return this;
  }

  public Specs properties(Properties value) {
    properties = value;
    return this;
  }

  public Specs maxInflight(int value) {
    maxInflight = value;
    return this;
  }

  public Specs fault(Effect effect, Moment moment) {
    faults.add(new Fault(effect, moment));
    return this;
  }

  /** In the words of a command line. */
  public Specs fault(String words) {
    try {
      faults.add(FaultParser.parse(words, FaultSide.CLIENT));
    } catch (FaultSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
    return this;
  }

  public Specs seed(long value) {
    seed = value;
    return this;
  }

  /** Comes back that long after a fault. */
  public Specs comingBack(Duration after) {
    comeBack = after;
    return this;
  }

  /** Null leaves the choice to each job. */
  public Specs engine(EngineKind value) {
    engine = value;
    return this;
  }

  public ConnectSpec spec() {
    Properties inOrder =
        properties != null
            ? properties
            : version.isV5() ? Properties.of(Property.RECEIVE_MAXIMUM, 20) : Properties.NONE;
    return new ConnectSpec(
        new Endpoint("localhost", port, null),
        version,
        clientId,
        cleanStart,
        keepAlive,
        username,
        password,
        will,
        inOrder,
        maxInflight,
        planned(),
        null,
        engine,
        null);
  }

  private ClientFaults planned() {
    if (faults.isEmpty()) {
      return null;
    }
    FaultPlan plan = new FaultPlan(FaultSide.CLIENT, seed, event -> {});
    faults.forEach(plan::add);
    return new ClientFaults(plan, clientId, false, comeBack);
  }
}
