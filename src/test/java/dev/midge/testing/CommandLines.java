package dev.midge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Command lines as a text shows them, run one after another as its reader would: a broker, and a
 * subscriber that nothing ends, go on in terminals of their own. Whatever the text says about
 * ports, the broker takes a free one, and all talk to the broker that was started last.
 */
public final class CommandLines implements AutoCloseable {
  private static final String PORTS = "(188[34]|8883)";

  private final Path directory;
  private final List<Program> background = new ArrayList<>();
  private Program broker;
  private int port = 1883;
  private String pagePort = "1883";

  /** Is there for commands that name {@code s1}. */
  private Program client;

  /**
   * @param directory where they run
   */
  public CommandLines(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  /** The commands of a block of lines; one that leaves a job in the background is one script. */
  public static List<String> of(String block) {
    return block.matches("(?s).*&\\n.*")
        ? List.of(block)
        : List.of(block.strip().split("(?<![\\\\|])\\n"));
  }

  /** Runs a command to its successful end, or until it does what the next ones need. */
  public Program run(String command) {
    if (command.matches("([A-Z_]+=\\S+ )?(bin/)?midge broker [^&]*")) {
      pagePort = command.replaceAll(".* -p (\\d+)\\b.*|.*", "$1");
      broker = start("exec env " + command.replaceAll(PORTS, "0").replaceAll(" -v$", "") + " -v");
      port = Integer.parseInt(broker.awaitOut("\n").outText().strip());
      return broker;
    }
    if (command.matches("(?s)(bin/)?midge proxy [^&]*")) {
      Program proxy =
          start("exec " + command.replace("-p 1884", "-p 0").replace(":1883", ":" + port));
      proxy.awaitErr("Listening on port");
      return proxy;
    }
    if (command.matches("(?s)(bin/)?midge (sub|rr --serve) .*")
        && !command.matches("(?s).* (-[CWE]|--within|--retained)\\b.*")) {
      int before = subscriptions();
      Program subscriber = start(onPort(command));
      Awaitility.await(command)
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> subscriptions() > before || !subscriber.isAlive());
      return subscriber;
    }
    if (command.matches("(bin/)?midge ctl (client|kick|wait connected) s1.*")
        && (client == null || !client.isAlive())) {
      client = start(onPort("bin/midge conn -i s1".replace("bin/midge", command.split(" ")[0])));
      client.awaitErr("Connected");
    }
    Program run = shell(onPort(command)).await();
    assertThat(run.status()).as(command + "\n" + run.errText()).isZero();
    if (command.contains("ctl kick s1")) {
      client.await();
    }
    return run;
  }

  /** Returns an output with the port that the text gave to the broker started last. */
  public String withPortsOfThePage(String output) {
    return output.replace(":" + port, ":" + pagePort);
  }

  private Program start(String command) {
    Program program = shell(command);
    background.add(program);
    return program;
  }

  private Program shell(String command) {
    String settings = "export XDG_CONFIG_HOME='" + directory + "/.config'\n";
    return Program.shell("cd '" + directory + "'\n" + settings + command);
  }

  private int subscriptions() {
    return broker.errText().split("Received SUBSCRIBE", -1).length;
  }

  private String onPort(String command) {
    String port = String.valueOf(this.port);
    return command
        .replaceAll("-p " + PORTS, "-p " + port)
        .replace("localhost:1883", "localhost:" + port)
        .replaceAll("midge (pub|sub|rr|conn|ctl)(?! -p)", "midge $1 -p " + port);
  }

  /** Ends what is still running, pipelines too. */
  @Override
  public void close() {
    for (Program program : background) {
      ProcessHandle.of(program.pid())
          .ifPresent(shell -> shell.descendants().forEach(ProcessHandle::destroyForcibly));
      program.close();
    }
  }
}
