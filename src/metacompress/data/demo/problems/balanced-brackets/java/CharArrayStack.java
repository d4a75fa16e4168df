import java.util.*;

class Main
{
    static final Map<Character, Character> OPENER_OF = Map.of(')', '(', ']', '[', '}', '{');

    static int bracketsBalanced(String text)
    {
        char[] stack = new char[text.length() + 1];
        int size = 0;
        int brackets = 0;
        boolean ok = true;
        for (int i = 0; i < text.length() && ok; i++) {
            char ch = text.charAt(i);
            if (OPENER_OF.containsValue(ch)) {
                brackets++;
                stack[++size] = ch;
            } else if (OPENER_OF.containsKey(ch)) {
                brackets++;
                ok = size > 0 && stack[size] == OPENER_OF.get(ch);
                size--;
            }
        }
        if (brackets == 0)
            return -1;
        return ok && size == 0 ? 1 : 0;
    }

    public static void main(String[] args)
    {
        Scanner console = new Scanner(System.in);
        console.useDelimiter("\\n");
        int code = bracketsBalanced(console.hasNext() ? console.next() : "");
        String[] words = {"-", "no", "yes"};
        System.out.println(words[code + 1]);
    }
}
