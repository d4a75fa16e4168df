import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

class Main
{
    private static String solveSecondLargest(String input)
    {
        return Arrays.stream(input.trim().split("\\s+"))
            .skip(1)    // the count itself
            .map(Long::valueOf)
            .distinct()
            .sorted(Comparator.reverseOrder())
            .skip(1)
            .findFirst()
            .map(String::valueOf)
            .orElse("-1");
    }

    public static void main(String[] args) throws java.io.IOException
    {
        byte[] bytes = System.in.readAllBytes();
        System.out.println(solveSecondLargest(new String(bytes, StandardCharsets.US_ASCII)));
    }
}
