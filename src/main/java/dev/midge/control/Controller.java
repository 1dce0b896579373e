package dev.midge.control;

import dev.midge.control.ControlProblem.Kind;
import dev.midge.fault.Durations;
import dev.midge.fault.Effect;
import dev.midge.fault.Fault;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSyntaxException;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.fault.plan.PlannedFault;
import dev.midge.mqtt.Topics;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the commands on a broker or a proxy, whoever sends them: a socket or the keyboard.
 * For any thread.
 */
public final class Controller {
  private static final String DEFAULT_EFFECT = "reason:0x98"; // administrative action
  private static final String DEFAULT_WAIT = "30s";
  private static final Pattern SECONDS = Pattern.compile("[0-9]+(\\.[0-9]+)?");
  private static final int PATIENCE_SECONDS = 10;

  private final ControlTarget target;
  private final ControlLog log;

  public Controller(ControlTarget target, ControlLog log) {
    this.target = target;
    this.log = log;
  }

  /**
   * Carries out a command.
   *
   * @param word one of {@link ControlWord}
   * @throws ControlProblem when it cannot be carried out
   */
  public Answer answer(String word, List<String> arguments) throws ControlProblem {
    ControlWord command = ControlWord.of(word, arguments);
    return switch (command) {
      case WAIT -> new Answer.Awaited(wait(command, arguments));
      case LOG -> log(command, arguments);
      case STOP -> new Answer.Ending(done(), target::stop);
      default -> new Answer.Known(facts(command, arguments));
    };
  }

  /** Returns the identifiers of the connected clients, for completion. */
  public List<String> clientIds() throws ControlProblem {
    return target.clients().stream().map(client -> client.text("client_id")).toList();
  }

  private Facts facts(ControlWord command, List<String> arguments) throws ControlProblem {
    String first = arguments.isEmpty() ? "" : arguments.get(0);
    switch (command) {
      case CLIENTS:
        return done().with("clients", target.clients());
      case CLIENT:
        return done().with("client", client(first));
      case SESSIONS:
        return done().with("sessions", target.sessions());
      case WILL:
        return will(client(first));
      case RETAINED:
        return done().withAll(target.retained(filter(command, first)));
      case KICK:
        return struck(command, first, arguments.size() < 2 ? DEFAULT_EFFECT : arguments.get(1));
      case BLACKOUT:
        return struck(command, first, "blackout:" + arguments.get(1));
      case FAULT:
        return planned(String.join(" ", arguments));
      case FAULTS:
        return faults();
      case CLEAR:
        return cleared(command, arguments.isEmpty() ? null : first);
      case PAUSE:
        target.pause();
        return done();
      case RESUME:
        target.resume();
        return done();
      default:
        return help();
    }
  }

  private static Facts done() {
    return new Facts().with("ok", true);
  }

  /** Returns the answer to {@code help}, which depends on no target. */
  public static Facts help() {
    return done()
        .with(
            "help",
            Arrays.stream(ControlWord.values())
                .map(
                    each ->
                        new Facts().with("command", each.form()).with("does", each.description()))
                .toList());
  }

  private Facts client(String id) throws ControlProblem {
    Facts client = target.client(id);
    if (client == null) {
      throw ControlProblem.noClient(id);
    }
    return client;
  }

  private Facts will(Facts client) throws ControlProblem {
    if (!client.has("will")) {
      throw ControlProblem.unsupported(target.side().words(), "wills");
    }
    Facts answer = done();
    for (String name : new String[] {"client_id", "will", "delayed_will", "delayed_will_in"}) {
      answer.with(name, client.value(name));
    }
    return answer;
  }

  private static String filter(ControlWord command, String word) throws ControlProblem {
    String filter = word.isEmpty() ? "#" : word;
    if (!Topics.isValidFilter(filter)) {
      throw command.wrong("'" + filter + "' is not a topic filter.");
    }
    return filter;
  }

  private Facts struck(ControlWord command, String id, String words) throws ControlProblem {
    Effect effect = effect(command, words);
    try {
      if (!target.inject(id, effect).get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw target.client(id) == null
            ? ControlProblem.noClient(id)
            : ControlProblem.notConnected(id);
      }
    } catch (IllegalArgumentException e) {
      throw command.wrong(ControlProblem.words(e));
    } catch (ExecutionException e) {
      throw new ControlProblem(
          Kind.FAILED, effect.text() + ": " + ControlProblem.words(e.getCause()));
    } catch (TimeoutException e) {
      throw new ControlProblem(Kind.FAILED, "It takes too long.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ControlProblem(Kind.FAILED, "Interrupted.");
    }
    return done().with("client_id", id).with("effect", effect.text());
  }

  private Effect effect(ControlWord command, String words) throws ControlProblem {
    Fault fault = parsed(words);
    boolean plain = words.indexOf('@') < 0 && words.indexOf(' ') < 0;
    if (!plain || fault.effects().size() != 1 || fault.count() != Fault.UNLIMITED) {
      throw command.wrong(
          "an effect happens at once, it is one word such as reset; for others: fault.");
    }
    return fault.effects().get(0);
  }

  private Fault parsed(String words) throws ControlProblem {
    try {
      return FaultParser.parse(words, target.side());
    } catch (FaultSyntaxException e) {
      throw new ControlProblem(Kind.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private Facts planned(String words) throws ControlProblem {
    return done().withAll(facts(target.faults().add(parsed(words))));
  }

  private static Facts facts(PlannedFault planned) {
    return new Facts()
        .with("number", planned.number())
        .with("fault", planned.fault().text())
        .with("happened", planned.happened())
        .with("open", planned.isOpen());
  }

  private Facts faults() {
    FaultPlan plan = target.faults();
    Facts answer = done().with("faults", plan.faults().stream().map(Controller::facts).toList());
    return plan.isRandom() ? answer.with("seed", plan.seed()) : answer;
  }

  private Facts cleared(ControlWord command, @Nullable String word) throws ControlProblem {
    FaultPlan plan = target.faults();
    if (word == null) {
      int count = plan.faults().size();
      plan.clearAll();
      return done().with("cleared", count);
    }
    if (!word.matches("[0-9]{1,9}")) {
      throw command.wrong("'" + word + "' is not the number of a fault.");
    }
    if (!plan.clear(Integer.parseInt(word))) {
      throw command.wrong("there is no fault " + word + ".");
    }
    return done().with("cleared", 1);
  }

  private Answer log(ControlWord command, List<String> arguments) throws ControlProblem {
    if (arguments.isEmpty()) {
      List<Facts> lines = log.lines().stream().map(LogLine::facts).toList();
      return new Answer.Known(done().with("log", lines));
    }
    if (!arguments.get(0).equals("-f")) {
      throw command.wrong("it has the form: " + command.form());
    }
    return new Answer.Following(log.follow());
  }

  private CompletableFuture<Facts> wait(ControlWord command, List<String> arguments)
      throws ControlProblem {
    ClientEvent event = ClientEvent.of(arguments.get(0));
    if (event == null) {
      throw command.wrong(
          "'" + arguments.get(0) + "' is not connected, disconnected or subscribed.");
    }
    String id = arguments.get(1);
    String word = arguments.size() < 3 ? DEFAULT_WAIT : arguments.get(2);
    Duration most = Durations.parse(SECONDS.matcher(word).matches() ? word + "s" : word);
    if (most == null) {
      throw command.wrong("'" + word + "' is not a time such as 500ms, 5s, 2m.");
    }
    CompletableFuture<Boolean> reached = target.await(id, event);
    CompletableFuture<Boolean> inTime =
        reached.copy().orTimeout(most.toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture<Facts> answer =
        inTime.handle(
            (yes, problem) -> {
              if (problem != null) {
                throw new CompletionException(late(problem, id, event, word));
              }
              return done().with("client_id", id).with("event", event.word());
            });
    answer.whenComplete(
        (facts, problem) -> reached.cancel(false)); // also who does not wait any more
    return answer;
  }

  private static ControlProblem late(Throwable problem, String id, ClientEvent event, String word) {
    Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
    return cause instanceof TimeoutException
        ? new ControlProblem(
            Kind.TIMEOUT, "'" + id + "' was not " + event.word() + " within " + word + ".")
        : new ControlProblem(Kind.FAILED, ControlProblem.words(cause));
  }
}
