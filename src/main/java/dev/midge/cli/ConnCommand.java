package dev.midge.cli;

import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.job.JobResult;
import dev.midge.client.job.StayConnectedJob;
import dev.midge.client.StopSignal;
import dev.midge.fault.Fault;
import dev.midge.mqtt.packet.Connack;
import java.io.PrintStream;
import java.time.Duration;

/** {@code midge conn}: be a connected client, with a will perhaps, until something ends it. */
final class ConnCommand implements Command {
  private static final int RECEIVE_MAXIMUM = 20;

  private final Surroundings surroundings;
  private final ConnectOptions connect;
  private final FaultOptions fault = new FaultOptions();
  private final TalkOptions talk = new TalkOptions(Manners.MIDGE);
  private Duration stay;
  private ConnJson json;
  private boolean jsonWanted;

  ConnCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.connect = new ConnectOptions(surroundings);
    connect.waitsUsually();
  }

  @Override
  public OptionTable table() {
    OptionTable table =
        new OptionTable(
            "Connect to an MQTT broker and stay until -W, Ctrl-C or SIGTERM says goodbye (no will),"
                + " or a --fault ends it otherwise.");
    table
        .under(OptionGroup.END)
        .add(
            Option.value(
                "SECONDS",
                "no timeout",
                "Stay that long, then disconnect with status 0; fractions are allowed.",
                word -> stay = Timeouts.parse(word, Manners.MIDGE),
                "-W",
                "--timeout"));
    table
        .under(OptionGroup.OUTPUT)
        .add(
            Option.flag(
                "Tell connection, fault and end on standard output, one JSON object a line.",
                () -> jsonWanted = true,
                "--json"));
    connect.addTo(table);
    connect.addUrlTo(table);
    table.later(fault);
    table.later(talk);
    return table;
  }

  @Override
  public boolean isQuiet() {
    return talk.quiet();
  }

  @Override
  public boolean isDebugging() {
    return talk.debug();
  }

  @Override
  public Attempted attempted() {
    return connect.attempted();
  }

  @Override
  public boolean isJson() {
    return jsonWanted;
  }

  @Override
  public Terminal terminal() {
    return Terminal.ofOut(surroundings);
  }

  @Override
  public int run() throws Exception {
    connect.check();
    ConnectSpec spec = connect.toSpec(fault.toFault(), RECEIVE_MAXIMUM);
    StopSignal stop = surroundings.stop().get();
    json = jsonWanted ? new ConnJson(surroundings, stop::request) : null;
    Talk events = talk(spec);
    events.tell(connect.timeout);
    events.explain(this);
    events.warnOfOpenFile(connect.openPasswordFile());
    events.warn(connect.tlsWarning());
    events.warnOfShortDelay(connect.endsBefore(spec.will()));
    StayConnectedJob keeper = new StayConnectedJob(spec, stay, events, stop);
    JobResult ending = stayed(keeper, events);
    if (json != null) {
      json.ended(ending);
    }
    if (ending == JobResult.DONE) {
      events.warning(
          spec.will() == null
              ? "Disconnected by DISCONNECT."
              : "Disconnected by DISCONNECT, so the broker throws the will away.");
    }
    return json != null && json.isBroken()
        ? ExitCode.OK // It is told in the end.
        : events.status(ending, spec.fault());
  }

  /** A failure goes on to {@link Errors}, which tells people. */
  private JobResult stayed(StayConnectedJob keeper, Talk events) throws Exception {
    try {
      return connect.timeout.limit(keeper::run, events);
    } catch (ConnectionFailure failure) {
      if (json != null) {
        json.failed(failure);
      }
      throw failure;
    }
  }

  private Talk talk(ConnectSpec spec) {
    PrintStream err = surroundings.err();
    DebugLines debug =
        talk.debug()
            ? new DebugLines(
                jsonWanted ? err : surroundings.out(), Manners.MIDGE, spec.clientId(), false)
            : null;
    return new ClientTalk(err, Manners.MIDGE, talk.quiet(), debug, spec, null) {
      @Override
      public void connected(Connack connack, String clientId) {
        super.connected(connack, clientId);
        if (json != null) {
          json.connected(connack, clientId, spec);
        }
        warning(
            "Connected to "
                + connect.place()
                + " as "
                + clientId
                + " (MQTT "
                + Attempted.named(spec.version())
                + (spec.will() == null
                    ? ", no will)"
                    : ", will on " + spec.will().message().topic() + ")"));
      }

      @Override
      public void struck(Fault happened) {
        super.struck(happened);
        if (json != null) {
          json.struck(happened);
        }
      }
    };
  }
}
