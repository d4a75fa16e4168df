import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

class Main
{
    static long amountOfDivisors(int number)
    {
        int root = (int) Math.sqrt((double) number);
        long below = IntStream.rangeClosed(1, root)
                .filter(k -> number % k == 0)
                .count();
        return root * root == number && number > 0 ? 2 * below - 1 : 2 * below;
    }

    public static void main(String[] args) throws Exception
    {
        String s = new String(System.in.readAllBytes(), StandardCharsets.US_ASCII);
        System.out.println(amountOfDivisors(Integer.parseInt(s.strip())));
    }
}
