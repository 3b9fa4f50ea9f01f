"""Pictures of every screen; run by pytest with the browser fixtures."""
import os, pytest
from courses.plans import actions as plans
from courses.plans.models import Plan
from courses.terminals import actions as terminals, middleware
from tests.courses.plans.building import plan_room, plan_scene, at
from tests.courses.plans.sitting import with_shop
pytestmark=[pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OUT="/tmp/plshots"; os.makedirs(OUT,exist_ok=True)
WIDE="[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
from tests.browser.classroom import CONTRAST
def test_shots(open_page, live_server, axe):
    room=plan_room(plan_scene())
    plan=with_shop(room)
    learner=room.learners["孙丽娟"]
    terminal,token=terminals.enrol_terminal(organisation=room.world.prison,name="S-1",room=room.world.room,by=None)
    _c,pin,_code=terminals.issue_card(learner=learner,organisation=room.world.prison,by=None)
    _s,seat=terminals.sign_in(terminal=terminal,learner_no=learner.learner_no,pin=pin)
    page=open_page((1024,768))
    page.context.add_cookies([{"name":middleware.TERMINAL_COOKIE,"value":token,"url":live_server.url},{"name":middleware.SEAT_COOKIE,"value":seat,"url":live_server.url}])
    for c in ("commitment","motivation"): room.save(plan,f"self.check.{c}.own","no")
    room.save(plan,"self.check.health.own","yes")
    plans.comment(plan=plan,text="再想想谁会来买。",path="market.customers",by=room.trainer)
    only=os.environ.get("ONLY","").split()
    names=only or ["","q/cover.enterprise/","q/market.customers/","q/marketing.products.1.selling_price/","q/marketing.products.3.name/","q/organisation.legal_form/","q/overview.kinds/","q/self.check.health.own/","q/assets.tools.1.unit_price/","q/capital.running.rent.amount/","q/forecast.quantity.1/","q/forecast.price.1/","q/profit.pays_vat/","q/cash.loan/","s/marketing/","s/organisation/","s/assets/","s/capital/","s/forecast/","s/profit/","s/cash/","s/self/","s/overview/","s/market/","result/","cash/","check/","self/","hand-in/"]
    for name in names:
        for size in ((1024,768),(1366,768)):
            page.set_viewport_size({"width":size[0],"height":size[1]})
            r=page.goto(f"/plan/{plan.pk}/{name}")
            page.wait_for_timeout(150)
            n=name.strip("/").replace("/","-") or "book"
            w=page.evaluate(WIDE)
            weak=[o for o in page.evaluate(CONTRAST) if o[1]<7]
            print(r.status,n,size[0],w,page.evaluate("document.documentElement.scrollHeight"),weak[:4])
            page.screenshot(path=f"{OUT}/{n}-{size[0]}.png",full_page=True)
        page.set_viewport_size({"width":683,"height":384})
        w=page.evaluate(WIDE)
        if w[0]>w[1]: print("WIDE at 683", n, w)
        try: axe(page)
        except AssertionError as e: print("AXE",n,str(e)[:700])
