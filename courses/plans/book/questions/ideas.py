"""What the guided path asks for each field of the sheets beside the plan: question, why, and how to answer."""

from django.utils.translation import gettext_lazy as _

from courses.plans.book.shape import Ask

IDEA_ASKS = {
    "self.check[commitment]": Ask(
        _("Do you keep at a thing, also when it becomes hard?"),
        _("An enterprise needs its owner every day. Answer for yourself; nobody marks this."),
    ),
    "self.check[motivation]": Ask(
        _("Do you want this yourself, and not only because others say so?"),
        _("Whoever wants it finds ways."),
    ),
    "self.check[honesty]": Ask(
        _("Can people rely on your word?"),
        _("Customers, sellers and banks give credit to whoever can be trusted."),
    ),
    "self.check[health]": Ask(
        _("Does your health allow long days?"),
        _("If not, plan help or another trade."),
    ),
    "self.check[risk]": Ask(
        _("Can you bear it if a thing goes wrong?"),
        _("Nobody earns each month. Risk only what you can do without."),
    ),
    "self.check[decisions]": Ask(
        _("Can you decide when there is little time?"),
        _("The owner decides. One can practise it."),
    ),
    "self.check[family]": Ask(
        _("Does your family agree?"),
        _("The family bears it with you. Talk with them first."),
    ),
    "self.check[money]": Ask(
        _("Do you have some money, or a way to get it?"),
        _("Banks lend to those who bring something themselves."),
    ),
    "self.check[skills]": Ask(
        _("Do you know the craft?"),
        _("What is lacking can be learned, also here."),
    ),
    "self.check[managing]": Ask(
        _("Can you keep accounts and lead people?"),
        _("This course practises it."),
    ),
    "self.check[trade]": Ask(
        _("Do you know the trade: prices, sellers, customers?"),
        _("Ask somebody in the trade before you spend money."),
    ),
    "self.check.own": Ask(
        _("%(row)s: yes or no?"),
        _("Answer for yourself; nobody marks this."),
    ),
    "self.check.second": Ask(
        _("What does the other person say about “%(row)s”?"),
        _("Others often see what we do not see. Where the two differ, talk about it."),
    ),
    "self.check.note": Ask(
        _("%(row)s: do you want to note something?"),
        _("It may stay empty."),
    ),
    "self.rater": Ask(
        _("Does somebody else answer about you as well?"),
        _("It may stay empty. A letter from home can come later."),
    ),
    "self.actions.what": Ask(
        _("%(row)s: what will you do about it?"),
        _("A weak place that one knows can be made stronger."),
        _("For example: learn to keep accounts"),
    ),
    "self.actions.how": Ask(
        _("%(row)s: how will you do it?"),
        _("A small step that you can begin tomorrow is the best."),
        _("For example: where, with whom, how often"),
    ),
    "self.actions.until": Ask(
        _("“%(row)s”: until when is it done?"),
        _("With a day it becomes a plan."),
        _("For example: by New Year"),
    ),
    "inventory.interests": Ask(
        _("What do you like to do?"),
        _("What one likes one does longer and better."),
    ),
    "inventory.experience": Ask(
        _("What have you already done?"),
        _("Work in the fields, at home and for others counts as well."),
    ),
    "inventory.contacts": Ask(
        _("Whom do you know that could help?"),
        _("Relatives, neighbours, former colleagues: each knows something."),
    ),
    "inventory.capital": Ask(
        _("What money and things do you have?"),
        _("A room, a cart, a field: what is there need not be bought."),
    ),
    "ideas.list.offer": Ask(
        _("What could you sell or do? Idea number %(number)s."),
        _("Write down many first. Which is good is asked later."),
        _("For example: grilled fish, sewing repairs"),
    ),
    "ideas.list.customer": Ask(
        _("%(row)s: who buys it?"),
        _("Without customers it is a hobby."),
    ),
    "ideas.list.need": Ask(
        _("%(row)s: what do people need it for?"),
        _("People pay for what they need."),
    ),
    "ideas.list.kind": Ask(
        _("%(row)s: what kind of trade is it?"),
        _("It helps to compare your ideas."),
    ),
    "macro.questions.sells": Ask(
        _("%(row)s: will somebody buy it?"),
        _("Only ideas with three times yes are followed up."),
    ),
    "macro.questions.possible": Ask(
        _("%(row)s: can it be done in your place?"),
        _("Think of material, water, roads, and of what is allowed."),
    ),
    "macro.questions.learnable": Ask(
        _("%(row)s: can you learn it and pay for it?"),
        _("With help counts as well."),
    ),
    "macro.questions.rank": Ask(
        _("%(row)s: which place does it get?"),
        _("At most three ideas go on. 1 is the best."),
        _("Write 1, 2 or 3; each place once. What does not go on stays empty."),
    ),
    "micro.ratings.market": Ask(
        _("“%(row)s”: are there enough customers?"),
        _("Each idea gets its points, and the one with the most goes on."),
        _("5 is many, 1 is few."),
    ),
    "micro.ratings.materials": Ask(
        _("“%(row)s”: is the material easy to get?"),
        _("Each idea gets its points, and the one with the most goes on."),
        _("5 is easy, 1 is hard."),
    ),
    "micro.ratings.technology": Ask(
        _("“%(row)s”: is the technique simple enough?"),
        _("Each idea gets its points, and the one with the most goes on."),
        _("5 is simple, 1 is hard."),
    ),
    "micro.ratings.skills": Ask(
        _("“%(row)s”: do you have the skill?"),
        _("Each idea gets its points, and the one with the most goes on."),
        _("5 is very well, 1 is not yet."),
    ),
    "micro.ratings.policy": Ask(
        _("“%(row)s”: does the state support it?"),
        _("Each idea gets its points, and the one with the most goes on."),
        _("5 is much, 1 is not."),
    ),
    "micro.ratings.fit": Ask(
        _("“%(row)s”: does it fit you?"),
        _("Each idea gets its points, and the one with the most goes on."),
        _("5 is well, 1 is little."),
    ),
    "micro.ratings.ease": Ask(
        _("“%(row)s”: is it easy to start?"),
        _("Each idea gets its points, and the one with the most goes on."),
        _("5 is very easy, 1 is very hard."),
    ),
    "micro.ratings.risk": Ask(
        _("“%(row)s”: is the risk low?"),
        _("Each idea gets its points, and the one with the most goes on."),
        _("5 is a low risk, 1 is a high one."),
    ),
    "micro.ratings.profit": Ask(
        _("“%(row)s”: does it earn well?"),
        _("Each idea gets its points, and the one with the most goes on."),
        _("5 is much, 1 is little."),
    ),
    "micro.ratings.benefit": Ask(
        _("“%(row)s”: is it worth what it costs?"),
        _("Each idea gets its points, and the one with the most goes on."),
        _("5 is well worth it, 1 is hardly."),
    ),
    "swot.strengths.text": Ask(
        _("What is strong about %(idea)s and you? Number %(number)s."),
        _("On this you can build."),
        _("Two are needed at least."),
    ),
    "swot.weaknesses.text": Ask(
        _("What is weak about %(idea)s? Number %(number)s."),
        _("Who knows it can prepare."),
        _("Two are needed at least."),
    ),
    "swot.chances.text": Ask(
        _("%(idea)s: what outside helps you? Number %(number)s."),
        _("For example a new road, a subsidy, a shop that closes."),
        _("Two are needed at least."),
    ),
    "swot.dangers.text": Ask(
        _("%(idea)s: what outside could harm you? Number %(number)s."),
        _("For example a bad harvest, or prices that fall."),
        _("Two are needed at least."),
    ),
    "swot.conclusion": Ask(
        _("%(idea)s: what follows: do it, change it, drop it?"),
        _("To drop an idea in time saves money. You have others."),
    ),
    "statement.what": Ask(
        _("What do you offer? Say it in one sentence."),
        _("Whoever can say it in a sentence has understood it."),
    ),
    "statement.whom": Ask(
        _("To whom?"),
        _("A person one can picture."),
    ),
    "statement.how": Ask(
        _("How do you sell it?"),
        _("In a shop, on the market, to dealers, by telephone."),
    ),
    "statement.need": Ask(
        _("Which need does it meet?"),
        _("People pay for this."),
    ),
}
