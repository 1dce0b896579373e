package dev.midge.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Slow;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.w3c.dom.Document;

/** Each test is in one of three runs of pom.xml: fast unit tests, slow ones, and *IT. */
class EveryTestRunsOnceTest {
  private static final String SUREFIRE = "(Test.*|.*(Test|Tests|TestCase))";
  private static final String FAILSAFE = "(IT.*|.*(IT|ITCase))";
  private static final String PLUGIN =
      "/project/build/plugins/plugin[artifactId='maven-surefire-plugin']";

  @Test
  void eachClassWithTestsIsFoundByItsNameAndByOneRun() throws Exception {
    List<String> lost = new ArrayList<>();
    for (Class<?> type : classes()) {
      Class<?> outer = outermost(type);
      boolean unit = outer.getSimpleName().matches(SUREFIRE);
      boolean integration = outer.getSimpleName().matches(FAILSAFE);
      if (hasTests(type) && unit == integration) {
        lost.add(type.getName());
      }
    }
    assertThat(lost).as("neither *Test nor *IT").isEmpty();
  }

  /** Failsafe runs all there is, so that the mark would say what is not so. */
  @Test
  void noIntegrationTestIsMarkedAsSlow() throws Exception {
    List<String> marked = new ArrayList<>();
    for (Class<?> type : classes()) {
      if (!outermost(type).getSimpleName().matches(FAILSAFE)) {
        continue;
      }
      if (type.getDeclaredAnnotation(Slow.class) != null) {
        marked.add(type.getName());
      }
      for (Method method : type.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Slow.class)) {
          marked.add(type.getName() + "#" + method.getName());
        }
      }
    }
    assertThat(marked).isEmpty();
  }

  @Test
  void eachMarkHasAReasonAndIsOnATest() throws Exception {
    List<String> wrong = new ArrayList<>();
    int marks = 0;
    for (Class<?> type : classes()) {
      Slow ofClass = type.getDeclaredAnnotation(Slow.class);
      if (ofClass != null) {
        marks++;
        if (ofClass.value().isBlank() || !hasTests(type)) {
          wrong.add(type.getName());
        }
      }
      for (Method method : type.getDeclaredMethods()) {
        Slow ofMethod = method.getAnnotation(Slow.class);
        if (ofMethod != null) {
          marks++;
          if (ofMethod.value().isBlank() || !isTest(method)) {
            wrong.add(type.getName() + "#" + method.getName());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(marks).isPositive();
  }

  /** What one run leaves out is what the other takes, and neither asks for anything else. */
  @Test
  void theTwoRunsOfUnitTestsAreComplements() throws Exception {
    String fast = PLUGIN + "/executions/execution[id='default-test']";
    String slow = PLUGIN + "/executions/execution[id='slow']";

    assertThat(pom(fast + "/configuration/excludedGroups")).isEqualTo("${tests.later}");
    assertThat(pom("/project/properties/tests.later")).isEqualTo(Slow.TAG);
    assertThat(pom(slow + "/configuration/groups")).isEqualTo(Slow.TAG);
    assertThat(pom(slow + "/phase")).isEqualTo("${tests.later.phase}");
    assertThat(pom("/project/properties/tests.later.phase")).isEqualTo("integration-test");
    for (String filter : List.of("includes", "excludes", "includesFile", "excludesFile", "test")) {
      assertThat(pom("count(" + PLUGIN + "//" + filter + ")")).as(filter).isEqualTo("0");
    }
    assertThat(pom("count(" + PLUGIN + "//groups)")).isEqualTo("1");
    assertThat(pom("count(" + PLUGIN + "//excludedGroups)")).isEqualTo("1");
  }

  @Test
  void aTestThatIsNamedRunsInPhaseTestAlone() throws Exception {
    String named = "/project/profiles/profile[activation/property/name='test']/properties";

    assertThat(pom("count(" + named + ")")).isEqualTo("1");
    assertThat(pom(named + "/tests.later")).isEmpty();
    assertThat(pom(named + "/tests.later.phase")).isEqualTo("none");
  }

  private static String pom(String xpath) throws Exception {
    Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse("pom.xml");
    XPath path = XPathFactory.newInstance().newXPath();
    return path.evaluate(xpath, document);
  }

  private static Class<?> outermost(Class<?> type) {
    return type.getNestHost();
  }

  /** Tells whether it can be run, and has tests of its own or inherits some. */
  private static boolean hasTests(Class<?> type) {
    if (Modifier.isAbstract(type.getModifiers()) || type.isInterface()) {
      return false;
    }
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (Stream.of(each.getDeclaredMethods()).anyMatch(EveryTestRunsOnceTest::isTest)) {
        return true;
      }
    }
    // Those of interfaces are public.
    return Stream.of(type.getMethods()).anyMatch(EveryTestRunsOnceTest::isTest);
  }

  private static boolean isTest(Method method) {
    return AnnotationSupport.isAnnotated(method, Testable.class);
  }

  private static List<Class<?>> classes() throws IOException, URISyntaxException {
    Path root =
        Path.of(
            EveryTestRunsOnceTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    List<Class<?>> classes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root.resolve("dev"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        String name = root.relativize(file).toString().replace('/', '.').replace('\\', '.');
        if (!name.endsWith("-info.class")) {
          classes.add(load(name.substring(0, name.length() - ".class".length())));
        }
      }
    }
    assertThat(classes).hasSizeGreaterThan(300);
    return classes;
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, EveryTestRunsOnceTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
