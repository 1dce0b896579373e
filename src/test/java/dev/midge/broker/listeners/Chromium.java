package dev.midge.broker.listeners;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debian's Chromium without a window, steered by its DevTools protocol. */
final class Chromium implements AutoCloseable {
  static final Path PROGRAM = Path.of("/usr/bin/chromium");

  private static final long LIMIT_SECONDS = 60;
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
  private static final Pattern TARGET = Pattern.compile("\"targetId\":\"([^\"]+)\"");

  private final Process process;
  private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final WebSocket devTools;
  private int lastId;

  /**
   * @param folder for its profile
   */
  Chromium(Path folder) throws Exception {
    List<String> words = new ArrayList<>(List.of(PROGRAM.toString(), "--headless", "--no-sandbox"));
    words.addAll(List.of("--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"));
    words.addAll(List.of("--disable-background-networking", "--disable-extensions"));
    words.addAll(List.of("--ignore-certificate-errors", "--remote-debugging-port=0"));
    words.add("--user-data-dir=" + folder.resolve("profile"));
    words.add("about:blank");
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("TMPDIR", folder.toString());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectErrorStream(false);
    process = builder.start();
    devTools =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address(), new Answers())
            .get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Reads the address, and then on, so that the pipe never fills. */
  private URI address() throws Exception {
    CompletableFuture<URI> address = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              StringBuilder said = new StringBuilder();
              try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
                String line;
                while ((line = err.readLine()) != null) {
                  said.append(line).append('\n');
                  Matcher matcher = LISTENING.matcher(line);
                  if (matcher.find()) {
                    address.complete(URI.create(matcher.group(1)));
                  }
                }
              } catch (IOException e) {
                // It is gone.
              }
              address.completeExceptionally(new AssertionError("chromium ended: " + said));
            });
    reader.setDaemon(true);
    reader.start();
    return address.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private final class Answers implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        answers.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }

  private String ask(String method, String name, String value) throws Exception {
    int id = ++lastId;
    String question =
        "{\"id\":%d,\"method\":\"%s\",\"params\":{\"%s\":\"%s\"}}"
            .formatted(id, method, name, value);
    devTools.sendText(question, true).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    while (true) {
      String answer = answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (answer == null || answer.startsWith("{\"id\":" + id + ",\"error\"")) {
        throw new AssertionError(question + ": " + answer);
      }
      if (answer.startsWith("{\"id\":" + id + ",")) {
        return answer; // all else are events
      }
    }
  }

  /** Opens a tab; returns its name. */
  String open(String url) throws Exception {
    Matcher matcher = TARGET.matcher(ask("Target.createTarget", "url", url));
    if (!matcher.find()) {
      throw new AssertionError("no tab");
    }
    return matcher.group(1);
  }

  /** Closes a tab, as its user would. */
  void closeTab(String name) throws Exception {
    ask("Target.closeTarget", "targetId", name);
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle each : all) {
      each.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }
  }
}
