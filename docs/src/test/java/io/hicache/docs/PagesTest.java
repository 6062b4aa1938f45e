package io.hicache.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hicache.docs.MarkdownPage.Fence;
import io.hicache.file.FileConfig;
import io.hicache.redis.RedisConfig;
import io.hicache.spi.Option;
import io.hicache.spi.Providers;
import io.hicache.valkey.ValkeyConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PagesTest {
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

  @Test
  void links_toFilesOfTheProject_leadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (MarkdownPage page : MarkdownPage.all()) {
      for (Matcher link = LINK.matcher(page.prose()); link.find(); links++) {
        if (!leadsSomewhere(page, link.group(1))) {
          broken.add(page.name() + ": " + link.group(1));
        }
      }
    }
    assertEquals(List.of(), broken);
    assertTrue(links > 4, "links were looked at");
  }

  @Test
  void readme_firstShellBlock_isTheTwoCommands() throws IOException {
    Fence first = MarkdownPage.of("README.md").fences().get(0);

    assertEquals("sh", first.language());
    assertEquals("./hicache demo\n./hicache test\n", first.text());
  }

  @Test
  void readme_backends_areThoseTheLoaderKnowsOf() throws IOException {
    String text = MarkdownPage.of("README.md").text();
    Providers.artifacts()
        .forEach((name, artifact) -> {
          String row = "| `" + name + "` | ";
          assertTrue(text.contains(row), row);
          String works =
              text.lines().filter(line -> line.startsWith(row)).findFirst().orElseThrow();
          assertTrue(works.contains("`" + artifact.substring("io.hicache:".length()) + "`"), works);
          assertEquals(Providers.names().contains(name), works.contains("works"), works);
        });
  }

  @Test
  void backendPage_options_areTheBackendsOwnWithTheirDefaults() throws IOException {
    assertOptions("docs/file.md", FileConfig.OPTIONS);
    assertOptions("docs/redis.md", RedisConfig.OPTIONS);
    assertOptions("docs/valkey.md", ValkeyConfig.OPTIONS);
  }

  private static void assertOptions(String page, List<Option<?>> options) throws IOException {
    String text = MarkdownPage.of(page).text();
    for (Option<?> option : options) {
      String row =
          text.lines()
              .filter(line -> line.startsWith("| `" + option.name() + "` |"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no row for option " + option.name()));
      option
          .fallback()
          .ifPresent(value ->
              assertTrue(row.split("\\|", -1)[3].replace("`", "").strip().equals(value), row));
    }
    long rows =
        text.lines()
            .dropWhile(line -> !line.startsWith("| option"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .count();
    assertEquals(options.size(), rows, page + ": no row for an option that is not");
  }

  private static boolean leadsSomewhere(MarkdownPage page, String target) {
    if (target.matches("[a-z]+:.*")) {
      return true;
    }
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]);
    return Files.exists(file) && file.normalize().startsWith(MarkdownPage.ROOT);
  }
}
