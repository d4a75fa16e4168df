import java.util.Scanner;

class Main
{
    static int vowelsFrom(char[] chars, int pos)
    {
        if (pos == chars.length)
            return 0;
        int here = switch (chars[pos]) {
            case 'a', 'e', 'i', 'o', 'u' -> 1;
            case 'A', 'E', 'I', 'O', 'U' -> 1;
            default -> 0;
        };
        return here + vowelsFrom(chars, pos + 1);
    }

    public static void main(String[] args)
    {
        Scanner sc = new Scanner(System.in);
        sc.useDelimiter("\\R");
        char[] chars = {};
        if (sc.hasNext())
            chars = sc.next().toCharArray();
        System.out.println(vowelsFrom(chars, 0));
    }
}
